// An answer that is JSON or a picture, and is documented as both.
import { App, get, operationIds, sendFile } from "apus";
import { z } from "zod";

const Item = z.object({ id: z.string(), value: z.string() }).meta({ id: "Item" });

const readItem = get(
  "/items/{item_id}",
  {
    input: { item_id: z.string(), img: z.boolean().nullable().default(null) },
    output: Item,
    responses: { 200: { content: { "image/png": {} }, description: "Return the JSON item or an image." } },
  },
  ({ img }) =>
    img === true ? sendFile("image.png", { mediaType: "image/png" }) : { id: "foo", value: "there goes my hero" },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItem,
});
