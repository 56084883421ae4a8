// Responses that several operations share, joined with those of one.
import { App, get, operationIds, sendFile } from "apus";
import { z } from "zod";

const Item = z.object({ id: z.string(), value: z.string() }).meta({ id: "Item" });

const responses = {
  404: { description: "Item not found" },
  302: { description: "The item was moved" },
  403: { description: "Not enough privileges" },
};

const readItem = get(
  "/items/{item_id}",
  {
    input: { item_id: z.string(), img: z.boolean().nullable().default(null) },
    output: Item,
    responses: { ...responses, 200: { content: { "image/png": {} } } },
  },
  ({ img }) =>
    img === true ? sendFile("image.png", { mediaType: "image/png" }) : { id: "foo", value: "there goes my hero" },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItem,
});
