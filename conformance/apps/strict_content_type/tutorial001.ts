// A body without a Content-Type is taken as JSON.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const Item = z.object({ name: z.string(), price: z.number() }).meta({ id: "Item" });

const createItem = post("/items/", { input: { item: Item } }, ({ item }) => item);

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  strictContentType: false,
}).include({ createItem });
