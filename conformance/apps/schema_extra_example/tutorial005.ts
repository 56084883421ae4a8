// Named examples of a body.
import { App, body, operationIds, put } from "apus";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
  })
  .meta({ id: "Item" });

const openapiExamples = {
  normal: {
    summary: "A normal example",
    description: "A **normal** item works correctly.",
    value: { name: "Foo", description: "A very nice Item", price: 35.4, tax: 3.2 },
  },
  converted: {
    summary: "An example with converted data",
    description: "FastAPI can convert price `strings` to actual `numbers` automatically",
    value: { name: "Bar", price: "35.4" },
  },
  invalid: {
    summary: "Invalid data is rejected with an error",
    value: { name: "Baz", price: "thirty five point four" },
  },
};

const updateItem = put(
  "/items/{item_id}",
  { input: { item_id: z.int(), item: body(Item, { openapiExamples }) } },
  ({ item_id, item }) => ({ item_id, item }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  updateItem,
});
