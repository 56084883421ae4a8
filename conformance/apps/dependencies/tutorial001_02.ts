// The same as tutorial001 in the short form: a record of inputs is a dependency.
import { App, depends, get, operationIds } from "apus";
import { z } from "zod";

const commonParameters = depends({
  q: z.string().nullable().default(null),
  skip: z.int().default(0),
  limit: z.int().default(100),
});

const readItems = get("/items/", { input: { commons: commonParameters } }, ({ commons }) => commons);

const readUsers = get("/users/", { input: { commons: commonParameters } }, ({ commons }) => commons);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
  readUsers,
});
