// What the types of schemes say, to handlers and to clients, and what must not compile.
import { depends, get, post, router } from "apus";
import { createClient } from "apus/client";
import {
  apiKeyHeader,
  either,
  httpBasic,
  httpBearer,
  oauth2Password,
  passwordForm,
  passwordFormStrict,
  type HTTPBasicCredentials,
} from "apus/security";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const bearer = oauth2Password({ tokenUrl: "token" });
const key = apiKeyHeader({ name: "x-key" });
const optionalKey = apiKeyHeader({ name: "x-key", autoError: false });
const basic = httpBasic({ autoError: false });
const explicit = httpBearer({ autoError: true, description: undefined });
const sometimes = httpBearer({ autoError: Math.random() > 0.5 });
const one = either({ token: bearer, key });
const perhaps = either({ token: bearer, user: httpBasic() }, { autoError: false });

export const api = router({
  required: get(
    "/required",
    { input: { bearer, explicit } },
    ({ bearer: token, explicit: { scheme, credentials } }) => {
      same<typeof token, string>(true);
      same<typeof scheme, string>(true);
      return credentials;
    },
  ),
  optional: get("/optional", { input: { optionalKey } }, ({ optionalKey: found }) => {
    same<typeof found, string | null>(true);
    return 1;
  }),
  malformed: get("/malformed", { input: { basic } }, ({ basic: found }) => {
    same<typeof found, HTTPBasicCredentials | null>(true);
    return 1;
  }),
  sometimes: get("/sometimes", { input: { sometimes } }, ({ sometimes: found }) => found?.credentials),
  one: get("/one", { input: { one } }, ({ one: { token, key: sent } }) => {
    // Where there is no token, there is a key.
    if (token === undefined) same<typeof sent, string>(true);
    else same<typeof sent, undefined>(true);
    return 1;
  }),
  perhaps: get("/perhaps", { input: { perhaps } }, ({ perhaps: found }) => {
    same<
      typeof found,
      | { readonly token: string; readonly user?: undefined }
      | { readonly token?: undefined; readonly user: HTTPBasicCredentials }
      | null
    >(true);
    return 1;
  }),
  below: get("/below", { input: { user: depends({ one }, () => 1) } }, ({ user }) => user),
  login: post("/login", { input: { login: passwordForm } }, ({ login }) => {
    same<typeof login.grantType, "password" | null>(true);
    same<typeof login.password, string>(true);
    return 1;
  }),
  strict: post("/strict", { input: { login: passwordFormStrict } }, ({ login }) => {
    same<typeof login.grantType, "password">(true);
    return 1;
  }),
});

const client = createClient<typeof api>({ baseUrl: "" });
export async function calls(): Promise<void> {
  const required = await client.get("/required");
  if (!required.ok) same<typeof required.body, { detail: "Not authenticated" }>(true);
  const below = await client.get("/below");
  if (!below.ok) same<typeof below.status, 401>(true);
  // What is optional is never refused, but malformed credentials are.
  const optional = await client.get("/optional");
  same<typeof optional.ok, true>(true);
  const malformed = await client.get("/malformed");
  same<typeof malformed.ok, boolean>(true);
  await client.post("/login", { form: { username: "a", password: "b" } });
  // @ts-expect-error a form without a password
  await client.post("/login", { form: { username: "a" } });
  // @ts-expect-error the strict form says what it wants
  await client.post("/strict", { form: { username: "a", password: "b" } });
}

// @ts-expect-error a misspelled option
httpBearer({ autoEror: false });
// @ts-expect-error no name
apiKeyHeader({});
// @ts-expect-error no token URL
oauth2Password({ scopes: {} });
