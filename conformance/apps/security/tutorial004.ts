// A login with hashed passwords and JSON Web Tokens.
import { hash, verify } from "@node-rs/argon2";
import { App, HTTPException, depends, get, operationIds, post } from "apus";
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
]);

/** Verified where there is no such user, so that the answer takes as long. */
const dummyHash = await hash("dummypassword");

async function authenticateUser(username: string, password: string): Promise<UserInDB | null> {
  const user = users.get(username);
  const verified = await verify(user?.hashed_password ?? dummyHash, password);
  return user !== undefined && verified ? user : null;
}

function createAccessToken(username: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: algorithm, typ: "JWT" })
    .setSubject(username)
    .setExpirationTime("30m")
    .sign(secretKey);
}

async function userOf(token: string): Promise<UserInDB | undefined> {
  try {
    const { payload } = await jwtVerify(token, secretKey, { algorithms: [algorithm] });
    return payload.sub === undefined ? undefined : users.get(payload.sub);
  } catch {
    return undefined;
  }
}

const oauth2Scheme = oauth2Password({ tokenUrl: "token" });

const challenge = { headers: { "WWW-Authenticate": "Bearer" } };

const currentUser = depends({ token: oauth2Scheme }, async ({ token }) => {
  const user = await userOf(token);
  if (user === undefined) throw new HTTPException(401, "Could not validate credentials", challenge);
  return user;
});

const currentActiveUser = depends({ current_user: currentUser }, ({ current_user }) => {
  if (current_user.disabled) throw new HTTPException(400, "Inactive user");
  return current_user;
});

const loginForAccessToken = post(
  "/token",
  { input: { form_data: passwordForm }, output: Token },
  async ({ form_data: { username, password } }) => {
    const user = await authenticateUser(username, password);
    if (user === null) throw new HTTPException(401, "Incorrect username or password", challenge);
    return { access_token: await createAccessToken(user.username), token_type: "bearer" };
  },
);

const readUsersMe = get(
  "/users/me/",
  { input: { current_user: currentActiveUser }, output: User },
  ({ current_user }) => current_user,
);

const readOwnItems = get("/users/me/items/", { input: { current_user: currentActiveUser } }, ({ current_user }) => [
  { item_id: "Foo", owner: current_user.username },
]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  loginForAccessToken,
  readUsersMe,
  readOwnItems,
});
