// A dependency, and what stands for it in tests.
import { App, depends, get, operationIds } from "apus";
import { z } from "zod";

export const commonParameters = depends({
  q: z.string().nullable().default(null),
  skip: z.int().default(0),
  limit: z.int().default(100),
});

export const overrideDependency = depends({ q: z.string().nullable().default(null) }, ({ q }) => ({
  q,
  skip: 5,
  limit: 10,
}));

const readItems = get("/items/", { input: { commons: commonParameters } }, ({ commons }) => ({
  message: "Hello Items!",
  params: commons,
}));

const readUsers = get("/users/", { input: { commons: commonParameters } }, ({ commons }) => ({
  message: "Hello Users!",
  params: commons,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
  readUsers,
});
