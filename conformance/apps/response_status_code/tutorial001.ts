// The status of a successful answer.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const createItem = post("/items/", { input: { name: z.string() }, status: 201 }, ({ name }) => ({ name }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
});
