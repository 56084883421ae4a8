// hello, get and post on h3: its own validating readers with zod. Answers are not checked, as its users do.
import { getValidatedQuery, getValidatedRouterParams, H3, readValidatedBody, serve } from "h3";
import { Item, ItemPath, ItemQuery } from "./schemas.mjs";

const app = new H3();

app.get("/hello", () => ({ message: "Hello World" }));

app.get("/items/:item_id", async (event) => {
  const { item_id } = await getValidatedRouterParams(event, ItemPath);
  const { q } = await getValidatedQuery(event, ItemQuery);
  return { item_id, q: q ?? null };
});

app.post("/items", async (event) => {
  const item = await readValidatedBody(event, Item);
  event.res.status = 201;
  return item;
});

serve(app, { port: Number(process.env.PORT), hostname: "127.0.0.1", silent: true });
