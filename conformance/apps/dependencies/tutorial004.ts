// A dependency in the short form.
import { App, depends, get, operationIds } from "apus";
import { z } from "zod";

const items = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];

const commonQueryParams = depends({
  q: z.string().nullable().default(null),
  skip: z.int().default(0),
  limit: z.int().default(100),
});

const readItems = get("/items/", { input: { commons: commonQueryParams } }, ({ commons }) => ({
  ...(commons.q ? { q: commons.q } : {}),
  items: items.slice(commons.skip, commons.skip + commons.limit),
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
