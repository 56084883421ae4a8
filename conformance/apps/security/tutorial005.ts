// A login whose tokens carry scopes, and operations that ask for them.
import { hash, verify } from "@node-rs/argon2";
import { App, HTTPException, depends, get, operationIds, post, requiredScopes, security } from "apus";
import { oauth2Password, passwordForm } from "apus/security";
import { SignJWT, jwtVerify } from "jose";
import { z } from "zod";

const secretKey = new TextEncoder().encode("09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7");
const algorithm = "HS256";

const Token = z.object({ access_token: z.string(), token_type: z.string() }).meta({ id: "Token" });

const User = z
  .object({
    username: z.string(),
    email: z.string().nullable().default(null),
    full_name: z.string().nullable().default(null),
    disabled: z.boolean().nullable().default(null),
  })
  .meta({ id: "User" });

type UserInDB = z.output<typeof User> & { readonly hashed_password: string };

const users = new Map<string, UserInDB>([
  [
    "johndoe",
    {
      username: "johndoe",
      full_name: "John Doe",
      email: "johndoe@example.com",
      hashed_password:
        "$argon2id$v=19$m=65536,t=3,p=4$wagCPXjifgvUFBzq4hqe3w$CYaIb8sB+wtD+Vu/P4uod1+Qof8h+1g7bbDlBID48Rc",
      disabled: false,
    },
  ],
  [
    "alice",
    {
      username: "alice",
      full_name: "Alice Chains",
      email: "alicechains@example.com",
      hashed_password:
        "$argon2id$v=19$m=65536,t=3,p=4$g2/AV1zwopqUntPKJavBFw$BwpRGDCyUHLvHICnwijyX8ROGoiUPwNKZ7915MeYfCE",
      disabled: true,
    },
  ],
]);

/** Verified where there is no such user, so that the answer takes as long. */
const dummyHash = await hash("dummypassword");

async function authenticateUser(username: string, password: string): Promise<UserInDB | null> {
  const user = users.get(username);
  const verified = await verify(user?.hashed_password ?? dummyHash, password);
  return user !== undefined && verified ? user : null;
}

function createAccessToken(username: string, scopes: readonly string[]): Promise<string> {
  return new SignJWT({ scope: scopes.join(" ") })
    .setProtectedHeader({ alg: algorithm, typ: "JWT" })
    .setSubject(username)
    .setExpirationTime("30m")
    .sign(secretKey);
}

const Claims = z.object({ sub: z.string(), scope: z.string().default("") });

/** What a token says, or null where it is not one of ours. */
async function claimsOf(token: string): Promise<z.output<typeof Claims> | null> {
  try {
    const { payload } = await jwtVerify(token, secretKey, { algorithms: [algorithm] });
    return Claims.parse(payload);
  } catch {
    return null;
  }
}

const oauth2Scheme = oauth2Password({
  tokenUrl: "token",
  scopes: { me: "Read information about the current user.", items: "Read items." },
});

const currentUser = depends({ required: requiredScopes, token: oauth2Scheme }, async ({ required, token }) => {
  const challenge = required.list.length === 0 ? "Bearer" : `Bearer scope="${required.text}"`;
  const refuse = (detail: string) => new HTTPException(401, detail, { headers: { "WWW-Authenticate": challenge } });
  const claims = await claimsOf(token);
  const user = claims === null ? undefined : users.get(claims.sub);
  if (claims === null || user === undefined) throw refuse("Could not validate credentials");
  const granted = claims.scope.split(" ");
  if (!required.list.every((scope) => granted.includes(scope))) throw refuse("Not enough permissions");
  return user;
});

const currentActiveUser = depends({ current_user: security(currentUser, ["me"]) }, ({ current_user }) => {
  if (current_user.disabled) throw new HTTPException(400, "Inactive user");
  return current_user;
});

const loginForAccessToken = post(
  "/token",
  { input: { form_data: passwordForm }, output: Token },
  async ({ form_data: { username, password, scopes } }) => {
    const user = await authenticateUser(username, password);
    if (user === null) throw new HTTPException(400, "Incorrect username or password");
    return { access_token: await createAccessToken(user.username, scopes), token_type: "bearer" };
  },
);

const readUsersMe = get(
  "/users/me/",
  { input: { current_user: currentActiveUser }, output: User },
  ({ current_user }) => current_user,
);

const readOwnItems = get(
  "/users/me/items/",
  { input: { current_user: security(currentActiveUser, ["items"]) } },
  ({ current_user }) => [{ item_id: "Foo", owner: current_user.username }],
);

const readSystemStatus = get("/status/", { input: { current_user: currentUser } }, () => ({ status: "ok" }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  loginForAccessToken,
  readUsersMe,
  readOwnItems,
  readSystemStatus,
});
