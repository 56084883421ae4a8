// An API key, HTTP Basic, and an operation that takes either of them.
import { App, depends, get, HTTPException, router } from "apus";
import { apiKeyHeader, either, httpBasic, NotAuthenticated, secretsEqual } from "apus/security";

// In earnest from the environment.
const settings = { admin: "ada", password: "correct horse battery staple", apiKey: "k-2f1d" };

const basic = httpBasic({ realm: "Administration" });
const key = apiKeyHeader({ name: "X-API-Key", description: "Ask us for one." });

function isAdmin(username: string, password: string): boolean {
  // Both are compared, so that the time does not tell which was wrong.
  const known = secretsEqual(username, settings.admin);
  return secretsEqual(password, settings.password) && known;
}

const admin = depends({ basic }, async ({ basic: { username, password } }) => {
  if (isAdmin(username, password)) return username;
  throw new NotAuthenticated(undefined, { headers: { "WWW-Authenticate": 'Basic realm="Administration"' } });
});

const caller = depends({ found: either({ basic, key }) }, async ({ found }) => {
  if (found.key !== undefined) {
    if (secretsEqual(found.key, settings.apiKey)) return "a machine";
  } else if (isAdmin(found.basic.username, found.basic.password)) return found.basic.username;
  throw new HTTPException(403, "Unknown credentials");
});

const users = get("/users", { input: { admin }, errors: [NotAuthenticated] }, ({ admin: name }) => ({ admin: name }));
const report = get("/report", { input: { caller } }, ({ caller: name }) => ({ for: name }));

export const api = router({ users, report });
export const app = new App({ title: "Credentials" }).include(api);
