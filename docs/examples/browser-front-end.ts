import { randomBytes } from "node:crypto";
import { App, get, post } from "apus";
import { compression, csrf, sessionOf, sessions } from "apus/middleware";
import { z } from "zod";

const session = sessionOf<{ cart: number[] }>();

const add = post("/cart/{item_id}", { input: { item_id: z.int(), session } }, (given) => {
  const cart = [...(given.session.get("cart") ?? []), given.item_id];
  given.session.set("cart", cart);
  return cart;
});

const read = get("/cart", { input: { session } }, (given) => given.session.get("cart") ?? []);

export const app = new App({
  middleware: [
    compression({ minimumSize: 1000 }),
    csrf({ trustedOrigins: ["https://admin.example.com"] }),
    // Without a secret in the environment, as on a developer's machine, each start forgets the sessions.
    sessions({ secretKey: process.env["SECRET_KEY"] ?? randomBytes(32).toString("hex") }),
  ],
}).include({ add, read });
