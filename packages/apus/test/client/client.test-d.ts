// What the types of the client say of calls and their answers, and what must not compile.
import { body, cookie, form, get, header, html, httpError, operation, path, post, query, router } from "apus";
import {
  createClient,
  type CallOptions,
  type Client,
  type ClientOptions,
  type Credentials,
  type Result,
} from "apus/client";
import { testClient } from "apus/testing";
import { types } from "apus/types";
import { z } from "zod";
import { appFor } from "./api.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const NotFound = httpError(404, "Item not found");
const Conflict = httpError(409, "Conflict", z.object({ existing: z.int() }));
const Offline = httpError(503, "Offline");

const api = router({
  item: get(
    "/items/{id}",
    { input: { id: z.int() }, output: z.object({ id: z.int() }), errors: [NotFound, Conflict, Offline] },
    ({ id }) => ({ id }),
  ),
  plain: get("/plain", () => "plain"),
  file: get("/files/{file:path}", { input: { file: z.string() }, as: html }, ({ file }) => file),
  several: operation(["OPTIONS", "PUT", "TRACE"], "/several", () => 1),
  head: operation(["HEAD"], "/head", { errors: [NotFound] }, () => null),
  sets: get(
    "/sets",
    { input: { tags: query(z.set(z.string())), names: query(z.array(z.string()).optional()) } },
    () => 1,
  ),
  session: get("/session", { input: { session: cookie(z.string()), x_token: header(z.string()) } }, () => 1),
  bytes: post("/bytes", { input: { data: body(types.bytes(), { mediaType: "image/png" }) } }, () => 1),
  kind: post("/kind", { input: { kind: body(z.enum(["a", "b"])) } }, () => 1),
  one: post("/one", { input: { one: body(z.string(), { embed: true }) } }, () => 1),
  maybe: post("/maybe", { input: { maybe: body(z.int().optional()) } }, () => 1),
  exact: post(
    "/exact",
    { input: { given: z.object({ at: z.date(), big: types.bigint(), price: types.decimal() }) } },
    () => 1,
  ),
  login: post("/login", { input: { user: form(z.string()), on: form(z.boolean().default(false)) } }, () => 1),
  org: router(
    { read: get("/{id}", { input: { org: path(z.string()), id: z.uuid() } }, () => 1) },
    { prefix: "/orgs/{org}" },
  ),
});
const client = createClient<typeof api>({ baseUrl: "http://h" });
const item = { path: { id: 1 } };

// ------------------------------------------------------------------------------------------------ what a call comes to
export async function results(): Promise<void> {
  const usual = await client.get("/items/{id}", item);
  same<typeof usual.response, Response>(true);
  if (usual.ok) same<typeof usual.value, { id: number }>(true);
  // A fault of the server is thrown unless the call handles it.
  else same<typeof usual.status, 404 | 409 | 422>(true);
  if (usual.ok) return;
  if (usual.status === 409) same<typeof usual.body, { detail: { existing: number } }>(true);

  const listed = await client.get("/items/{id}", { ...item, errors: [404, 503] });
  if (!listed.ok) same<typeof listed.status, 404 | 503>(true);
  const none = await client.get("/items/{id}", { ...item, errors: [] });
  same<typeof none.ok, true>(true);
  same<typeof none.value.id, number>(true);

  const bytes = await client.get("/items/{id}", { ...item, as: "bytes", errors: [404] });
  same<typeof bytes, Result<Uint8Array, Listed404>>(true);
  const text = await client.get("/plain", { as: "text" });
  same<typeof text.value, string>(true);
  const page = await client.get("/files/{file:path}", { path: { file: "a/b" }, errors: [] });
  same<typeof page.value, string>(true);

  const head = await client.head("/items/{id}", item);
  same<typeof head.ok, boolean>(true);
  if (head.ok) same<typeof head.value, undefined>(true);
  else same<[typeof head.status, typeof head.body], [404 | 409 | 422, undefined]>(true);
  same<Awaited<ReturnType<typeof client.head<"/head">>>["status"], number>(true);
  const options = await client.options("/several");
  same<typeof options.value, number>(true);
}

// ------------------------------------------------------------------------------------------------ answers without an output
type Values = { at: Date; gone: undefined; none: void; maybe?: Set<undefined>; many: bigint[] };
type Tuple = [undefined, void, Date, number | undefined];
const undeclared = router({
  nothing: get("/nothing", () => {}),
  later: get("/later", async () => {}),
  gone: post("/gone", { input: { n: z.int() }, status: 204 }, () => undefined),
  some: get("/some", (): string | undefined => undefined),
  raw: get("/raw", () => new Response("plain")),
  reply: get("/reply", async () => html("<p>")),
  fails: get("/fails", () => {
    throw new Error("always");
  }),
  either: get("/either", (): { a: number } | Response => ({ a: 1 })),
  values: get("/values", (): Values => given<Values>()),
  tuple: get("/tuple", (): Tuple => given<Tuple>()),
  set: get("/set", () => new Set<Date | undefined>()),
  map: get("/map", () => new Map<number, bigint>()),
  bytes: get("/bytes", () => Buffer.from("")),
  not: get("/not", () => Number.NaN),
});
declare const given: <T>() => T;

export async function unnamed(): Promise<void> {
  const client = createClient<typeof undeclared>({ baseUrl: "http://h" });
  const value = async <V>(call: Promise<{ readonly value: V }>): Promise<V> => (await call).value;
  const nothing = await value(client.get("/nothing"));
  const later = await value(client.get("/later"));
  const gone = await value(client.post("/gone", { query: { n: 1 }, errors: [] }));
  same<[typeof nothing, typeof later, typeof gone], [null, null, null]>(true);
  const some = await value(client.get("/some"));
  same<typeof some, string | null>(true);
  // Nobody knows what is in a Response.
  const raw = await value(client.get("/raw"));
  const reply = await value(client.get("/reply"));
  const fails = await value(client.get("/fails"));
  same<[typeof raw, typeof reply, typeof fails], [unknown, unknown, unknown]>(true);
  const either = await value(client.get("/either"));
  same<typeof either, { a: number }>(true);
  // Undefined is left out of objects, and null in lists.
  const values = await value(client.get("/values"));
  same<typeof values, { at: string; gone: undefined; none: undefined; maybe?: null[] | undefined; many: number[] }>(
    true,
  );
  const tuple = await value(client.get("/tuple"));
  same<typeof tuple, [null, null, string, number | null]>(true);
  const set = await value(client.get("/set"));
  same<typeof set, (string | null)[]>(true);
  const map = await value(client.get("/map"));
  same<typeof map, { [k: string]: number }>(true);
  const bytes = await value(client.get("/bytes"));
  same<typeof bytes, string>(true);
  const not = await value(client.get("/not"));
  same<typeof not, number>(true);
}
type Listed404 = { readonly status: 404; readonly detail: "Item not found"; readonly shape: "default" };

// ------------------------------------------------------------------------------------------------ what a call takes
export const calls = async (): Promise<unknown> => [
  await client.put("/several"),
  await client.head("/head", { errors: [404] }),
  await client.get("/sets", { query: { tags: new Set(["a"]), names: ["b"] } }),
  await client.get("/sets", { query: { tags: new Set(["a"]), names: undefined } }),
  // A page cannot send cookies: its browser does.
  await client.get("/session", { headers: { "x-token": "t" } }),
  await client.get("/session", { headers: { "x-token": "t" }, cookies: { session: "s" } }),
  await client.post("/bytes", { body: "text" }),
  await client.post("/bytes", { body: new Uint8Array(1), init: { headers: { "content-type": "image/png" } } }),
  await client.post("/kind", { body: "a" }),
  await client.post("/one", { body: { one: "x" } }),
  await client.post("/maybe"),
  await client.post("/maybe", { body: 0 }),
  await client.post("/exact", { body: { at: new Date(), big: 2n ** 64n, price: "1.50" } }),
  await client.post("/login", { form: { user: "a" } }),
  await client.get("/orgs/{org}/{id}", { path: { org: "o", id: "i" } }),
  await client.get("/plain", { signal: AbortSignal.timeout(1), timeout: null, init: { cache: "no-store" } }),
];

export async function refused(): Promise<void> {
  // @ts-expect-error no such path
  await client.get("/nope");
  // @ts-expect-error a path of another method
  await client.get("/several");
  // @ts-expect-error fetch sends no TRACE
  await client.trace("/several");
  // @ts-expect-error the path parameter is missing
  await client.get("/items/{id}");
  // @ts-expect-error the path parameter is missing, though there is an object
  await client.get("/items/{id}", { errors: [404] });
  // @ts-expect-error a path parameter of another type
  await client.get("/items/{id}", { path: { id: "1" } });
  // @ts-expect-error a status that the operation does not declare
  await client.get("/items/{id}", { ...item, errors: [418] });
  // @ts-expect-error a way to read that there is not
  await client.get("/plain", { as: "json" });
  // @ts-expect-error HEAD has no body to read
  await client.head("/plain", { as: "bytes" });
  // @ts-expect-error an option that there is not
  await client.get("/plain", { params: {} });
  // @ts-expect-error a query parameter that nobody declares
  await client.get("/plain", { query: { q: 1 } });
  // @ts-expect-error a misspelt header
  await client.get("/session", { headers: { "x-tokn": "t" } });
  // @ts-expect-error a cookie that nobody declares
  await client.get("/session", { headers: { "x-token": "t" }, cookies: { other: "s" } });
  // @ts-expect-error an enumeration is no free text, and no bytes
  await client.post("/kind", { body: new Uint8Array(1) });
  // @ts-expect-error the body is missing
  await client.post("/one");
  // @ts-expect-error a required query parameter is no undefined
  await client.get("/sets", { query: { tags: undefined } });
  // @ts-expect-error what belongs to the call is not the platform's
  await client.get("/plain", { init: { method: "POST" } });
}

// ------------------------------------------------------------------------------------------------ options
const options: ClientOptions[] = [
  { baseUrl: "/api", auth: "token", headers: { a: "1", b: undefined }, timeout: null, credentials: "include" },
  { baseUrl: "", auth: () => null, headers: async () => ({}) },
  { baseUrl: "", auth: async (request) => ({ username: request.url, password: "" }) },
  // Optional options accept undefined.
  { baseUrl: "", auth: undefined, headers: undefined, timeout: undefined, credentials: undefined, fetch: undefined },
  { baseUrl: "http://testserver", fetch: (request) => appFor().fetch(request) },
  { baseUrl: "http://testserver", fetch: testClient(appFor()).fetch },
  { baseUrl: "", fetch: globalThis.fetch },
  // @ts-expect-error no place
  { auth: "token" },
  // @ts-expect-error a misspelt option
  { baseUrl: "", header: {} },
  // @ts-expect-error credentials of no kind
  { baseUrl: "", auth: { token: "t" } },
];
options.map((each) => createClient(each));
const credentials: Credentials = { username: "ada", password: "s" };
const call: CallOptions = { errors: [404], timeout: 1, as: "bytes" };
export const typed: Client<typeof api> = createClient({ baseUrl: "", auth: credentials });
export const called = typed.get("/plain", { timeout: call.timeout });
