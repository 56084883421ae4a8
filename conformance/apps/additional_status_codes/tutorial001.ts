// Another status than the usual one, decided in the handler.
import { App, body, json, operationIds, put } from "apus";
import { z } from "zod";

interface Item {
  name: string | null;
  size: number | null;
}

const items = new Map<string, Item>([
  ["foo", { name: "Fighters", size: 6 }],
  ["bar", { name: "Tenders", size: 3 }],
]);

const upsertItem = put(
  "/items/{item_id}",
  {
    input: {
      item_id: z.string(),
      name: body(z.string().nullable().default(null)),
      size: body(z.int().nullable().default(null)),
    },
  },
  ({ item_id, name, size }) => {
    const known = items.has(item_id);
    items.set(item_id, { name, size });
    return known ? { name, size } : json({ name, size }, { status: 201 });
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  upsertItem,
});
