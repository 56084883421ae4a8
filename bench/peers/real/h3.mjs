// The real route on h3: middleware for the headers, its validating readers with zod, the answer parsed by zod to hide columns.
import { getValidatedQuery, getValidatedRouterParams, H3, HTTPError, readValidatedBody, serve } from "h3";
import { lookup, rid, verify } from "../../baselines/real/shared.mjs";
import { Changes, ListedAll, OrgPath, OrgQuery } from "../schemas.mjs";

const app = new H3();

app.use((event) => {
  const { headers } = event.res;
  headers.set("x-content-type-options", "nosniff");
  headers.set("x-frame-options", "DENY");
  headers.set("referrer-policy", "no-referrer");
  headers.set("x-request-id", rid());
});

function signedIn(event) {
  const user = verify(event.req.headers.get("authorization"));
  if (user === null) throw new HTTPError({ status: 401, message: "Not authenticated" });
  event.context.user = user;
}

app.post(
  "/orgs/:org/items/:id",
  async (event) => {
    const { org } = await getValidatedRouterParams(event, OrgPath);
    await getValidatedQuery(event, OrgQuery);
    await readValidatedBody(event, Changes);
    return ListedAll.parse(await lookup(event.context.user, org));
  },
  { middleware: [signedIn] },
);

serve(app, { port: Number(process.env.PORT), hostname: "127.0.0.1", silent: true });
