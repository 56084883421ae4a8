// What the types of operations, dependencies, routers and the client say, and what must not compile.
import { depends, get, header, html, httpError, path, post, query, router, text, type Dependency } from "apus";
import { createClient } from "apus/client";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const NotAuthenticated = httpError(401, "Not authenticated");
const ItemNotFound = httpError(404, "Item not found");
const Conflict = httpError(409, "Conflict", z.object({ existing: z.int() }));
const Item = z
  .object({ name: z.string(), price: z.number(), tags: z.array(z.string()).default([]) })
  .meta({ id: "Item" });
const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (wire) => new Date(wire),
  encode: (date) => date.toISOString(),
});

interface User {
  email: string;
}
class Repository {
  find(_id: number): Promise<z.output<typeof Item> | undefined> {
    return Promise.resolve(undefined);
  }
}

// ------------------------------------------------------------------------------------------------ dependencies
const database = depends(
  async function* () {
    yield new Repository();
  },
  { scope: "app" },
);
const session = depends(
  { database },
  async function* ({ database }) {
    yield database;
  },
  { scope: "function" },
);
const pagination = depends({ skip: z.int().min(0).default(0), limit: z.int().max(100).default(100) });
const currentUser = depends(
  { token: header(z.string()), session },
  async ({ token }): Promise<User> => ({ email: token }),
  {
    errors: [NotAuthenticated],
  },
);
const maybeUser = depends(() => undefined as User | undefined);

type ProvidedBy<D> = D extends Dependency<infer T> ? T : never;
type ScopeOf<D> = D extends Dependency<unknown, unknown, infer S> ? S : never;
same<ProvidedBy<typeof database>, Repository>(true);
same<ProvidedBy<typeof pagination>, { skip: number; limit: number }>(true);
same<ProvidedBy<typeof currentUser>, User>(true);
same<ProvidedBy<typeof maybeUser>, User | undefined>(true);
same<ScopeOf<typeof database>, "app">(true);
same<ScopeOf<typeof session>, "function">(true);
// A value computed from what a function-scoped generator provides lives no longer than that.
same<ScopeOf<typeof currentUser>, "function">(true);
same<ScopeOf<typeof pagination>, "request">(true);

depends(
  // @ts-expect-error an app-scoped dependency cannot use a function-scoped one
  { session },
  ({ session }) => session,
  { scope: "app" },
);
depends(
  // @ts-expect-error a generator lives for the request, so it cannot use what exits before the answer is sent
  { session },
  async function* ({ session }) {
    yield session;
  },
);
depends(
  // @ts-expect-error an app-scoped dependency cannot read an input of a request
  { token: header(z.string()) },
  ({ token }) => token,
  { scope: "app" },
);

// ------------------------------------------------------------------------------------------------ operations
export const readItem = get(
  "/items/{item_id}",
  {
    input: {
      item_id: z.int().min(1),
      q: z.string().max(50).optional(),
      page: pagination,
      user: currentUser,
      maybe: maybeUser,
      db: session,
    },
    output: Item,
    errors: [ItemNotFound],
  },
  async ({ item_id, q, page, user, maybe, db }) => {
    same<typeof item_id, number>(true);
    same<typeof q, string | undefined>(true);
    same<typeof page, { skip: number; limit: number }>(true);
    same<typeof user, User>(true);
    same<typeof maybe, User | undefined>(true);
    const item = await db.find(item_id);
    if (!item) throw new ItemNotFound();
    return item;
  },
);
// A literal needs no `as const`, and a key with a default may be left out of what a handler returns.
export const createItem = post(
  "/items",
  { input: { item: Item, user: currentUser }, output: Item, status: 201, errors: [Conflict] },
  ({ item }) => ({ name: item.name, price: 1 }),
);
export const listItems = get(
  "/items",
  { input: { page: pagination, tag: query(z.array(z.string()).default([])) } },
  ({ page }) => [{ limit: page.limit, kind: "item" as "item" | "other" }],
);
export const when = get(
  "/when",
  { input: { "x-trace": header(z.string()), x_token: header(z.string()) }, output: z.object({ at: isoDate }) },
  () => ({ at: new Date() }),
);
export const hello = get("/", () => ({ message: "hi" }));
export const page = get("/page", { as: html }, () => "<p>");
export const file = get("/files/{file_path:path}", { input: { file_path: z.string() } }, ({ file_path }) => ({
  file_path,
}));
export const scoped = get("/{id}", { input: { org: path(z.string()), id: z.string() } }, ({ org, id }) => ({
  org,
  id,
}));

// @ts-expect-error the path parameter is named in the message when nothing declares it
get("/a/{id}/b/{other}", { input: { id: z.int() } }, ({ id }) => id);
// @ts-expect-error without an input record too
get("/a/{id}", () => 1);
// @ts-expect-error with options that have no input
get("/a/{id}", {}, () => 1);
// A guard may declare it.
const ownOrganisation = depends({ org: path(z.string()) }, ({ org }) => org);
get("/orgs/{org}", { dependencies: [ownOrganisation] }, () => 1);
get("/orgs/{org}/{id}", { input: { id: z.int() }, dependencies: [ownOrganisation] }, ({ id }) => id);
// @ts-expect-error a wrong answer
get("/x", { output: z.object({ a: z.string() }) }, () => ({ a: 1 }));
// @ts-expect-error an answer that lacks a required key
get("/x", { output: z.object({ a: z.string(), b: z.string() }) }, () => ({ a: "" }));
// @ts-expect-error the wire form of a codec is not what a handler gives
get("/x", { output: z.object({ at: isoDate }) }, () => ({ at: "2020-01-01T00:00:00Z" }));
// @ts-expect-error a kind takes its own values
get("/x", { as: text }, () => 1);
// @ts-expect-error a detail is of its schema
void new Conflict({ existing: "x" });
// @ts-expect-error a misspelt option
get("/x", { outputs: Item }, () => 1);

// ------------------------------------------------------------------------------------------------ routers and client
const store = new Map<string, z.output<typeof Item>>();
const module = {
  Item,
  ItemNotFound,
  session,
  store,
  Repository,
  LIMIT: 3,
  helper: (a: number) => a,
  readItem,
  createItem,
  listItems,
};
export const api = router(
  {
    items: router(module, { prefix: "/v1" }),
    when,
    hello,
    page,
    file,
    orgs: router({ scoped }, { prefix: "/orgs/{org}" }),
  },
  { prefix: "/api" },
);
same<keyof typeof api.items, "readItem" | "createItem" | "listItems">(true);
same<(typeof api)["items"]["readItem"]["path"], "/api/v1/items/{item_id}">(true);

const client = createClient<typeof api>({ baseUrl: "" });
const headers = { token: "t" };

export async function calls(): Promise<void> {
  const one = await client.get("/api/v1/items/{item_id}", {
    path: { item_id: 3 },
    query: { q: "s", limit: 5 },
    headers,
  });
  if (one.ok) same<typeof one.value, { name: string; price: number; tags: string[] }>(true);
  else if (one.status === 404) same<typeof one.body, { detail: "Item not found" }>(true);
  else if (one.status === 401) same<typeof one.body.detail, "Not authenticated">(true);
  else same<typeof one.status, 422>(true);

  const made = await client.post("/api/v1/items", { body: { name: "x", price: 1 }, headers });
  if (!made.ok && made.status === 409) same<typeof made.body.detail, { existing: number }>(true);

  const list = await client.get("/api/v1/items");
  if (list.ok) same<typeof list.value, { limit: number; kind: "item" | "other" }[]>(true);

  const at = await client.get("/api/when", { headers: { "x-trace": "a", "x-token": "b" } });
  if (at.ok) same<typeof at.value, { at: string }>(true);

  const greeting = await client.get("/api/");
  same<
    typeof greeting,
    { readonly ok: true; readonly status: number; readonly value: { message: string }; readonly response: Response }
  >(true);
  const shown = await client.get("/api/page");
  if (shown.ok) same<typeof shown.value, string>(true);
  await client.get("/api/files/{file_path:path}", { path: { file_path: "a/b" } });
  await client.get("/api/orgs/{org}/{id}", { path: { org: "o", id: "i" } });

  // @ts-expect-error an unknown path
  await client.get("/nope");
  // @ts-expect-error a path of another method
  await client.post("/api/when", {});
  // @ts-expect-error a path parameter of the wrong type
  await client.get("/api/v1/items/{item_id}", { path: { item_id: "x" }, headers });
  // @ts-expect-error missing arguments
  await client.get("/api/v1/items/{item_id}");
  // @ts-expect-error a body that lacks a key
  await client.post("/api/v1/items", { body: { name: "x" }, headers });
  // @ts-expect-error a query parameter that nobody declares
  await client.get("/api/v1/items", { query: { nope: 1 } });
}

// A problem-shaped router says so in the client's types.
const problems = router({ readItem }, { errorShape: "problem" });
export async function problemCalls(): Promise<void> {
  const answer = await createClient<typeof problems>({ baseUrl: "" }).get("/items/{item_id}", {
    path: { item_id: 1 },
    headers,
  });
  if (!answer.ok && answer.status === 404) same<typeof answer.body.title, string>(true);
}

// ------------------------------------------------------------------------------------------ what answers leave out
const leaving = router({
  named: get("/named", { output: z.array(Item), only: ["name", "tags"] }, () => []),
  priceless: get("/priceless", { output: Item, without: ["price"] }, () => ({ name: "a", price: 1 })),
  sparse: get("/sparse", { output: z.object({ item: Item }), excludeUnset: true }, () => ({
    item: { name: "a", price: 1 },
  })),
});
const sparse = createClient<typeof leaving>({ baseUrl: "" });
export async function readSparse(): Promise<void> {
  const named = await sparse.get("/named");
  same<typeof named.value, { name: string; tags: string[] }[]>(true);
  const priceless = await sparse.get("/priceless");
  same<typeof priceless.value, { name: string; tags: string[] }>(true);
  const some = await sparse.get("/sparse");
  same<typeof some.value, { item?: { name?: string; price?: number; tags?: string[] } }>(true);
}
