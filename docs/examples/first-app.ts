import { App } from "apus";
import { z } from "zod";

export const app = new App({ title: "My API" });

app.get(
  "/items/{item_id}",
  { input: { item_id: z.int().min(1), q: z.string().max(50).optional() } },
  ({ item_id, q }) => ({ item_id, q }),
);
