// A login with name and password, tokens that carry scopes, and operations that ask for them.
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { App, depends, get, httpError, post, requiredScopes, response, router, security } from "apus";
import { NotAuthenticated, oauth2Password, passwordForm } from "apus/security";

const slowHash = promisify<string, Buffer, number, Buffer>(scrypt);
const salt = randomBytes(16);
const ada = { name: "ada", may: ["me", "items"], salt, hash: await slowHash("analytical", salt, 64) };
// An unknown name takes as long as a known one.
const nobody = { name: "", may: [], salt, hash: randomBytes(64) };
const users = new Map([[ada.name, ada]]);
const sessions = new Map<string, { name: string; scopes: string[] }>();

const WrongLogin = httpError(400, "Incorrect username or password");
const NotEnough = httpError(403, "Not enough permissions");

const bearer = oauth2Password({ tokenUrl: "token", scopes: { me: "Read about yourself", items: "Read your items" } });

const login = post(
  "/token",
  { input: { login: passwordForm, response }, errors: [WrongLogin] },
  async ({ login: { username, password, scopes }, response: { headers } }) => {
    const user = users.get(username) ?? nobody;
    if (!timingSafeEqual(await slowHash(password, user.salt, 64), user.hash)) throw new WrongLogin();
    const token = randomBytes(32).toString("base64url");
    // Asking for a scope is not having it.
    sessions.set(token, { name: user.name, scopes: user.may.filter((scope) => scopes.includes(scope)) });
    headers.set("cache-control", "no-store");
    return { access_token: token, token_type: "bearer" };
  },
);

const currentUser = depends(
  { token: bearer, requiredScopes },
  ({ token, requiredScopes: { list, text } }) => {
    const headers = { "WWW-Authenticate": list.length > 0 ? `Bearer scope="${text}"` : "Bearer" };
    const session = sessions.get(token);
    if (session === undefined) throw new NotAuthenticated(undefined, { headers });
    if (!list.every((scope) => session.scopes.includes(scope))) throw new NotEnough(undefined, { headers });
    return session;
  },
  { errors: [NotAuthenticated, NotEnough] },
);

const me = get("/me", { input: { user: security(currentUser, ["me"]) } }, ({ user }) => ({ name: user.name }));
const items = get("/items", { input: { user: security(currentUser, ["items"]) } }, ({ user }) => [
  `${user.name}'s item`,
]);

export const api = router({ login, me, items });
export const app = new App({ title: "Login" }).include(api);
