// Examples of each field.
import { App, operationIds, put } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string().meta({ examples: ["Foo"] }),
    description: z
      .string()
      .nullable()
      .default(null)
      .meta({ examples: ["A very nice Item"] }),
    price: z.number().meta({ examples: [35.4] }),
    tax: z
      .number()
      .nullable()
      .default(null)
      .meta({ examples: [3.2] }),
  })
  .meta({ id: "Item" });

const updateItem = put("/items/{item_id}", { input: { item_id: z.int(), item: Item } }, ({ item_id, item }) => ({
  item_id,
  item,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
