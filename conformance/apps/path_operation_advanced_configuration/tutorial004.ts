// A description for the document beside a comment that is not for it.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: z.set(z.string()).default(new Set()),
  })
  .meta({ id: "Item" });

// What only readers of the source are to know stands in a comment, such as: the item comes from the body.
const description = `Create an item with all the information:

- **name**: each item must have a name
- **description**: a long description
- **price**: required
- **tax**: if the item doesn't have tax, you can omit this
- **tags**: a set of unique tag strings for this item`;

const createItem = post(
  "/items/",
  { input: { item: Item }, output: Item, summary: "Create an item", description },
  ({ item }) => item,
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
});
