// The request itself, beside a validated input.
import { App, get, operationIds, request } from "apus";
import { z } from "zod";

const readRoot = get("/items/{item_id}", { input: { item_id: z.string(), request } }, ({ item_id, request }) => ({
  client_host: request.client?.host ?? null,
  item_id,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readRoot,
});
