// A page rendered from a template, which links to a file and to itself by their names.
import { App, get, html, operationIds, sendFile } from "apus";
import { templates } from "apus/templates";
import { z } from "zod";

const { render } = templates({ directory: new URL("templates", import.meta.url) });

const files = get(
  "/static/{path:path}",
  { name: "static", input: { path: z.string() }, includeInSchema: false },
  ({ path }) => sendFile(path, { root: "static" }),
);

const readItem = get("/items/{id}", { input: { id: z.string() }, as: html }, ({ id }) => render("item.liquid", { id }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  files,
  readItem,
});
