// A way of one's own to write answers.
import { App, get, kind, operationIds } from "apus";

const indentedJson = kind<unknown>({
  mediaType: "application/json",
  write: (value) => JSON.stringify(value, null, 2),
});

const main = get("/", { as: indentedJson }, () => ({ message: "Hello World" }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ main });
