// A class as a dependency.
import { App, depends, get, operationIds } from "apus";
import { z } from "zod";

const items = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];

class CommonQueryParams {
  readonly q: string | null;
  readonly skip: number;
  readonly limit: number;

  constructor({ q, skip, limit }: { q: string | null; skip: number; limit: number }) {
    this.q = q;
    this.skip = skip;
    this.limit = limit;
  }
}

const commonQueryParams = depends(
  { q: z.string().nullable().default(null), skip: z.int().default(0), limit: z.int().default(100) },
  (values) => new CommonQueryParams(values),
);

const readItems = get("/items/", { input: { commons: commonQueryParams } }, ({ commons }) => ({
  ...(commons.q ? { q: commons.q } : {}),
  items: items.slice(commons.skip, commons.skip + commons.limit),
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
