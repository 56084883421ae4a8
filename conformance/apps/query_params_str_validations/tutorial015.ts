// A query parameter with a check of one's own.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const items = new Map([
  ["isbn-9781529046137", "The Hitchhiker's Guide to the Galaxy"],
  ["imdb-tt0371724", "The Hitchhiker's Guide to the Galaxy"],
  ["isbn-9781439512982", "Isaac Asimov: The Complete Stories, Vol. 2"],
]);

const Id = z.string().refine((id) => id.startsWith("isbn-") || id.startsWith("imdb-"), {
  error: 'Invalid ID format, it must start with "isbn-" or "imdb-"',
});

function randomId(): string {
  const ids = [...items.keys()];
  return ids[Math.floor(Math.random() * ids.length)] ?? "";
}

const readItems = get("/items/", { input: { id: Id.nullable().default(null) } }, ({ id }) => {
  const wanted = id ?? randomId();
  return { id: wanted, name: items.get(wanted) ?? null };
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
