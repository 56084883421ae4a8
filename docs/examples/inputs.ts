// Where inputs come from: the path, the query, headers, cookies, the JSON body, a form.
import { App, body, cookie, form, get, header, post, query, router } from "apus";
import { z } from "zod";

const Filter = z.strictObject({
  limit: z.int().min(1).max(100).default(20),
  tags: z.array(z.string()).default([]),
});

const listItems = get(
  "/shops/{shop}/items",
  {
    input: {
      shop: z.string(), // named in the path
      filter: query(Filter), // a parameter model: limit and tags, and nothing else
      user_agent: header(z.string().optional()), // the header user-agent
      session: cookie(z.string().optional()),
    },
  },
  ({ shop, filter, session }) => ({ shop, ...filter, guest: session === undefined }),
);

const Item = z.object({ name: z.string().min(1), price: z.number().gt(0) });

const createItem = post(
  "/items",
  { input: { item: Item, importance: body(z.int().gt(0)) } }, // two inputs: {"item": {…}, "importance": 5}
  ({ item, importance }) => ({ ...item, importance }),
);

const login = post("/login", { input: { username: form(z.string()), password: form(z.string()) } }, ({ username }) => ({
  username,
}));

export const api = router({ listItems, createItem, login });
export const app = new App({ title: "Inputs" }).include(api);
