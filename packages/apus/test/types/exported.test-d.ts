// What a module exports has to have a name in the declarations that TypeScript emits for it: no alias of an inner file, however
// many errors come together (error TS2883 otherwise).
import { depends, get, httpError, requiredScopes, router, security } from "apus";
import { apiKeyHeader, either, httpBasic, oauth2Password } from "apus/security";
import { z } from "zod";

const NotFound = httpError(404, "Not found");
const Forbidden = httpError(403, "Forbidden");
const Conflict = httpError(409, "Conflict");

export const token = oauth2Password({ tokenUrl: "token" });
export const found = depends(() => 1, { errors: [NotFound] });
export const allowed = depends({ id: z.int() }, ({ id }) => id, { errors: [Forbidden] });
export const both = depends({ found, allowed }, ({ found }) => found, { errors: [Conflict] });
export const user = security(
  depends({ token, found, requiredScopes }, ({ requiredScopes: { list } }) => list),
  ["me"],
);
export const caller = either({ basic: httpBasic(), key: apiKeyHeader({ name: "X-Key" }) });

export const severalInputs = get("/", { input: { found, allowed, user } }, ({ user }) => user);
export const nested = get("/", { input: { both, caller } }, ({ caller }) => caller.key ?? caller.basic.username);
export const severalGuards = get("/", { dependencies: [found, allowed], errors: [Conflict] }, () => 1);

export const guarded = router({ severalInputs, nested }, { dependencies: [found, allowed], errors: [Conflict] });
export const problems = router({ severalGuards }, { dependencies: [both], errorShape: "problem", prefix: "/v2" });
