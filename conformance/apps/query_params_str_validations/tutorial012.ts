// A list in the query, with a default.
import { App, get, operationIds, query } from "apus";
import { z } from "zod";

const readItems = get("/items/", { input: { q: query(z.array(z.string()).default(["foo", "bar"])) } }, ({ q }) => ({
  q,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
