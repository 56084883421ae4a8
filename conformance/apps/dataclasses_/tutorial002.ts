// An answer whose missing fields are filled in.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    price: z.number(),
    // A default that is made anew each time is not documented.
    tags: z
      .array(z.string())
      .default(() => [])
      .meta({ default: undefined }),
    description: z.string().nullable().default(null),
    tax: z.number().nullable().default(null),
  })
  .meta({ id: "Item" });

const readNextItem = get("/items/next", { output: Item }, () => ({
  name: "Island In The Moon",
  price: 12.99,
  description: "A place to be playin' and havin' fun",
  tags: ["breater"],
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readNextItem,
});
