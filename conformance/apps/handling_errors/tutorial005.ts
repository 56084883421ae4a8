// Invalid inputs are answered with the body that was received.
import { App, RequestValidationError, json, onError, operationIds, post } from "apus";
import { z } from "zod";

const Item = z.object({ title: z.string(), size: z.int() }).meta({ id: "Item" });

const createItem = post("/items/", { input: { item: Item } }, ({ item }) => item);

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  onError: [
    onError(RequestValidationError, (error) => json({ detail: error.errors(), body: error.body }, { status: 422 })),
  ],
}).include({ createItem });
