// A document with something added to it.
import { App, get, operationIds } from "apus";

const readItems = get("/items/", () => [{ name: "Foo" }]);

export const app = new App({
  title: "Custom title",
  version: "2.5.0",
  summary: "This is a very custom OpenAPI schema",
  description: "Here's a longer description of the custom **OpenAPI** schema",
  operationId: operationIds.fastapi,
  openapi: (document) => ({
    ...document,
    info: { ...document.info, "x-logo": { url: "https://fastapi.tiangolo.com/img/logo-margin/logo-teal.png" } },
  }),
}).include({ readItems });
