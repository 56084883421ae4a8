// A body in a format of its own: documented by hand, read by the handler.
import { App, decode, DecodeError, HTTPException, operationIds, post, request } from "apus";
import { parse, YAMLError } from "yaml";
import { z } from "zod";

const Item = z
  .object({ name: z.string().meta({ title: "Name" }), tags: z.array(z.string()).meta({ title: "Tags" }) })
  .meta({ title: "Item" });

const createItem = post(
  "/items/",
  {
    input: { request },
    openapi: { requestBody: { content: { "application/x-yaml": { schema: Item } }, required: true } },
  },
  async (values) => {
    const text = await values.request.text();
    try {
      return decode(parse(text), Item);
    } catch (error) {
      if (error instanceof YAMLError) throw new HTTPException(422, "Invalid YAML");
      if (error instanceof DecodeError) throw new HTTPException(422, error.errors());
      throw error;
    }
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createItem,
});
