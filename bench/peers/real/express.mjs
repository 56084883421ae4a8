// The real route on Express: express.json, middleware for token and headers, zod for inputs and the answer.
import express from "express";
import { lookup, rid, verify } from "../../baselines/real/shared.mjs";
import { Changes, ListedAll, OrgPath, OrgQuery } from "../schemas.mjs";

const app = express();
app.disable("x-powered-by");

app.use((_request, response, next) => {
  response.set({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "x-request-id": rid(),
  });
  next();
});

function signedIn(request, response, next) {
  const user = verify(request.get("authorization"));
  if (user === null) return void response.status(401).json({ detail: "Not authenticated" });
  response.locals.user = user;
  next();
}

app.post("/orgs/:org/items/:id", signedIn, express.json(), async (request, response) => {
  const path = OrgPath.safeParse(request.params);
  const query = OrgQuery.safeParse(request.query);
  const changes = Changes.safeParse(request.body);
  for (const { error } of [path, query, changes]) {
    if (error !== undefined) return void response.status(422).json({ detail: error.issues });
  }
  response.json(ListedAll.parse(await lookup(response.locals.user, path.data.org)));
});

app.listen(Number(process.env.PORT), "127.0.0.1");
