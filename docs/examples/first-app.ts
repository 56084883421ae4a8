import { App, get, router } from "apus";
import { z } from "zod";

const readItem = get(
  "/items/{item_id}",
  { input: { item_id: z.int().min(1), q: z.string().max(50).optional() } },
  ({ item_id, q }) => ({ item_id, q }),
);

export const api = router({ readItem });
export const app = new App({ title: "My API" }).include(api);
