// A dependency with query parameters, used by two operations.
import { App, depends, get, operationIds } from "apus";
import { z } from "zod";

const commonParameters = depends(
  { q: z.string().nullable().default(null), skip: z.int().default(0), limit: z.int().default(100) },
  ({ q, skip, limit }) => ({ q, skip, limit }),
);

const readItems = get("/items/", { input: { commons: commonParameters } }, ({ commons }) => commons);

const readUsers = get("/users/", { input: { commons: commonParameters } }, ({ commons }) => commons);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
  readUsers,
});
