// Something that is done when the application stops.
import { appendFile } from "node:fs/promises";
import { App, depends, get, operationIds } from "apus";

const lifespan = depends(
  async function* () {
    yield;
    await appendFile("log.txt", "Application shutdown");
  },
  { scope: "app" },
);

const readItems = get("/items/", () => [{ name: "Foo" }]);

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  lifespan,
}).include({ readItems });
