// A query parameter with everything that can be said of one, deprecated.
import { App, get, operationIds, query } from "apus";
import { z } from "zod";

const readItems = get(
  "/items/",
  {
    input: {
      q: query(
        z
          .string()
          .min(3)
          .max(50)
          .regex(/^fixedquery$/)
          .nullable()
          .default(null),
        {
          alias: "item-query",
          title: "Query string",
          description: "Query string for the items to search in the database that have a good match",
          deprecated: true,
        },
      ),
    },
  },
  ({ q }) => ({
    items: [{ item_id: "Foo" }, { item_id: "Bar" }],
    ...(q ? { q } : {}),
  }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
