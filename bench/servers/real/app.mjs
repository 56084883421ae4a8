// The real route as a user of Apus would write it, with the same declared work as the peers. Served by the files beside it.
import { App, depends, post, router } from "apus";
import { requestId, securityHeaders } from "apus/middleware";
import { httpBearer, NotAuthenticated } from "apus/security";
import { z } from "zod";
import { kinds, lookup, verify } from "../../baselines/real/shared.mjs";

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

export const app = new App({ title: "Benchmark" }).include(orgs);
