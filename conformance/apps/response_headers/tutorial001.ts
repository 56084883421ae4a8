// A finished answer with headers.
import { App, get, json, operationIds } from "apus";

const getHeaders = get("/headers/", () =>
  json({ message: "Hello World" }, { headers: { "X-Cat-Dog": "alone in the world", "Content-Language": "en-US" } }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  getHeaders,
});
