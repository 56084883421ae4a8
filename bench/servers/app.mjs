// The measured routes as a user of Apus would write them, with the same declared work as the peers: every input is
// validated, every declared answer is checked and filtered. Served by apus.mjs and apus-node-http.mjs.
import { App, depends, get, post, router } from "apus";
import { requestId, securityHeaders } from "apus/middleware";
import { httpBearer, NotAuthenticated } from "apus/security";
import { z } from "zod";
import { kinds, lookup, verify } from "../baselines/real/shared.mjs";

// ---------------------------------------------------------------- hello, get, post

const Item = z.object({
  name: z.string().min(1).max(100),
  description: z.string().optional(),
  price: z.number().gt(0),
  tax: z.number().optional(),
  tags: z.array(z.string()).default([]),
  images: z.array(z.object({ url: z.url(), name: z.string() })).optional(),
});

const hello = get("/hello", () => ({ message: "Hello World" }));

const readItem = get(
  "/items/{item_id}",
  {
    input: { item_id: z.int().min(1), q: z.string().max(50).optional() },
    output: z.object({ item_id: z.int(), q: z.string().nullable() }),
  },
  ({ item_id, q }) => ({ item_id, q: q ?? null }),
);

const createItem = post("/items", { input: { item: Item }, output: Item, status: 201 }, ({ item }) => item);

// ---------------------------------------------------------------- real

const bearer = httpBearer({ bearerFormat: "JWT" });

const user = depends({ bearer }, ({ bearer }) => {
  const claims = verify(`Bearer ${bearer.credentials}`);
  if (claims === null) throw new NotAuthenticated();
  return claims;
});

const field = { string: z.string().min(1).max(100), number: z.number(), boolean: z.boolean() };
const Changes = z.object(Object.fromEntries(kinds.map((kind, i) => [`f${i}`, field[kind]])));

const Listed = z.object({
  id: z.int(),
  name: z.string(),
  price: z.number(),
  owner: z.string(),
  active: z.boolean(),
  created: z.string(),
  tags: z.array(z.string()),
  note: z.string().nullable(),
});

const changeItem = post(
  "/orgs/{org}/items/{id}",
  {
    input: {
      user,
      org: z.string().max(40),
      id: z.int().min(1),
      limit: z.int().min(1).max(100).default(50),
      q: z.string().max(50).optional(),
      changes: Changes,
    },
    output: z.array(Listed),
    errors: [NotAuthenticated],
  },
  async ({ user, org }) => lookup(user, org),
);

const orgs = router(
  { changeItem },
  {
    middleware: [
      requestId(),
      // The three that all entries send; the others would be more than the peers do.
      securityHeaders({
        contentSecurityPolicy: false,
        crossOriginOpenerPolicy: false,
        crossOriginResourcePolicy: false,
      }),
    ],
  },
);

export const app = new App({ title: "Benchmark" }).include(router({ hello, readItem, createItem })).include(orgs);
