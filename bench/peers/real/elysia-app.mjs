// The real route on Elysia, for Node and Bun: its own schemas, the token in `derive`, default headers.
import { Elysia, t } from "elysia";
import { kinds, lookup, rid, verify } from "../../baselines/real/shared.mjs";

const field = { string: t.String({ minLength: 1, maxLength: 100 }), number: t.Number(), boolean: t.Boolean() };
const Changes = t.Object(Object.fromEntries(kinds.map((kind, i) => [`f${i}`, field[kind]])));
const Listed = t.Object({
  id: t.Number({ multipleOf: 1 }), // t.Integer in an answer costs Elysia more than twice as much
  name: t.String(),
  price: t.Number(),
  owner: t.String(),
  active: t.Boolean(),
  created: t.String(),
  tags: t.Array(t.String()),
  note: t.Nullable(t.String()),
});

/** @param {object} [options] of Elysia, such as its adapter */
export function listen(options) {
  new Elysia(options)
    .headers({ "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer" })
    .onRequest(({ set }) => {
      set.headers["x-request-id"] = rid();
    })
    .derive(({ headers, status }) => {
      const user = verify(headers.authorization);
      return user === null ? status(401) : { user };
    })
    .post("/orgs/:org/items/:id", async ({ user, params }) => lookup(user, params.org), {
      params: t.Object({ org: t.String({ maxLength: 40 }), id: t.Integer({ minimum: 1 }) }),
      query: t.Object({
        limit: t.Integer({ minimum: 1, maximum: 100, default: 50 }),
        q: t.Optional(t.String({ maxLength: 50 })),
      }),
      body: Changes,
      response: { 200: t.Array(Listed) },
    })
    .listen({ port: Number(process.env.PORT), hostname: "127.0.0.1" });
}
