// The real route on Hono, on Bun: the given one for Node (../../baselines/real/hono.mjs), served by Bun itself.
import { Hono } from "hono";
import { lookup, rid, verify } from "../../baselines/real/shared.mjs";
import { Changes, ListedAll, OrgPath, OrgQuery } from "../schemas.mjs";

const app = new Hono();

app.use(async (c, next) => {
  await next();
  c.header("x-content-type-options", "nosniff");
  c.header("x-frame-options", "DENY");
  c.header("referrer-policy", "no-referrer");
  c.header("x-request-id", rid());
});

app.post("/orgs/:org/items/:id", async (c) => {
  const user = verify(c.req.header("authorization"));
  if (user === null) return c.json({}, 401);
  const path = OrgPath.parse(c.req.param());
  OrgQuery.parse(c.req.query());
  Changes.parse(await c.req.json());
  return c.json(ListedAll.parse(await lookup(user, path.org)));
});

Bun.serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" });
