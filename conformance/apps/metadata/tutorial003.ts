// The documentation page at another address.
import { App, get, operationIds } from "apus";

const readItems = get("/items/", () => [{ name: "Foo" }]);

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  docsUrl: "/documentation",
  redocUrl: null,
  operationId: operationIds.fastapi,
}).include({ readItems });
