// All errors as plain text.
import { App, HTTPException, RequestValidationError, get, onError, operationIds, text } from "apus";
import { z } from "zod";

/** A place in the request as Python writes a tuple. */
function tuple(loc: readonly (string | number)[]): string {
  const items = loc.map((each) => (typeof each === "string" ? `'${each}'` : String(each)));
  return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}

const httpErrors = onError(HTTPException, ({ detail, status }) => text(String(detail), { status }));

const validationErrors = onError(RequestValidationError, (error) => {
  const lines = error.errors().map(({ loc, msg }) => `\nField: ${tuple(loc)}, Error: ${msg}`);
  return text(`Validation errors:${lines.join("")}`, { status: 400 });
});

const readItem = get("/items/{item_id}", { input: { item_id: z.int() } }, ({ item_id }) => {
  if (item_id === 3) throw new HTTPException(418, "Nope! I don't like 3.");
  return { item_id };
});

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  onError: [httpErrors, validationErrors],
}).include({ readItem });
