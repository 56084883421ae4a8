/** Calls of every kind, and what they come to as JSON: run in Node, in Bun and in a page, where they have to come to the same. */
import { createClient } from "apus/client";
import type { api } from "./api.ts";

/** What a call comes to, in words that JSON has. */
async function outcome(call: () => Promise<unknown>): Promise<unknown> {
  try {
    const { status, value, body } = (await call()) as { status: number; value?: unknown; body?: unknown };
    return [status, value instanceof Uint8Array ? { bytes: [...value] } : (value ?? body ?? null)];
  } catch (error) {
    const { name, message, status } = error as Error & { status?: number };
    if (name === "NetworkError") return name; // each platform has words of its own
    return `${name}: ${status ?? /^APUS_\w+/.exec(message)?.[0] ?? message}`;
  }
}

const day = new Date(0);
const id = "123e4567-e89b-12d3-a456-426614174000";
const parts = { text: "a b/ü☃%41?&=+", whole: 7, letter: "a", id, day: "2020-02-29", at: day } as const;

/** @param page Whether it is a page that calls, which sends the cookies of its browser. */
export async function calls(baseUrl: string, page: boolean): Promise<Record<string, unknown>> {
  const client = createClient<typeof api>({ baseUrl, credentials: "include" });
  const path = "/path/{text}/{whole:int}/{letter}/{id}/{day}/{at}";
  const item = (id: number) => ({ path: { id } });
  const all: Record<string, () => Promise<unknown>> = {
    path: () => client.get(path, { path: { ...parts, text: parts.text.replace("/", "") } }),
    "path with a slash": () => client.get(path, { path: parts }),
    "path with dots": () => client.get(path, { path: { ...parts, text: ".." } }),
    "path that is empty": () => client.get(path, { path: { ...parts, text: "" } }),
    "path that is wrong": () => client.get(path, { path: { ...parts, whole: 1, letter: "c" as "a" } }),
    "path of several segments": () => client.get("/files/{file:path}", { path: { file: "a/b c/%2F.txt" } }),
    query: () =>
      client.get("/query", {
        query: {
          list: [1, 2],
          set: new Set(["a&b", "c d"]),
          text: "ü=+&#%",
          yes: false,
          at: day,
          moment: "2020-01-01T00:00:00Z",
          big: 2n ** 64n,
          price: "1.50",
          "odd name&": "x",
        },
      }),
    "query of nothing": () => client.get("/query", { query: { list: [], text: null, yes: undefined } }),
    "query of zero, false and empty": () => client.get("/query", { query: { list: [0], text: "", yes: false } }),
    "query of an object": () => client.get("/query", { query: { text: {} as string } }),
    "query of no date": () => client.get("/query", { query: { at: new Date(Number.NaN) } }),
    "query model": () => client.get("/model", { query: { limit: 3, tag: ["x", "y"] } }),
    "query model left out": () => client.get("/model"),
    headers: () =>
      client.get("/headers", {
        headers: { "x-token": "t", "x-trace-id": 5, "X-Since": day, dry: true, many: ["one"] },
      }),
    "headers of nothing": () => client.get("/headers", { headers: { many: [], "x-token": undefined } }),
    "header of two values": () => client.get("/headers", { headers: { many: ["one", "two"] } }),
    "header that holds no text": () => client.get("/headers", { headers: { "x-token": "☃" } }),
    "header that splits": () => client.get("/headers", { headers: { "x-token": "a\r\nx: y" } }),
    "headers besides": () => client.get("/headers", { init: { headers: { "if-none-match": '"1"' } } }),
    "body: null": () => client.post("/single", { body: null }),
    "body: undefined": () => client.post("/single", { body: undefined }),
    "body: left out": () => client.post("/single"),
    "body: 0": () => client.post("/single", { body: 0 }),
    "body: false": () => client.post("/single", { body: false }),
    "body: empty": () => client.post("/single", { body: "" }),
    "body: list": () => client.post("/single", { body: [undefined, { a: undefined, b: "é\n" }, { toJSON: () => 1 }] }),
    "body: bytes inside": () => client.post("/single", { body: { a: new Uint8Array(1) } }),
    "bodies embedded": () => client.patch("/embedded", { body: { a: 1 } }),
    "body embedded": () => client.put("/embedded", { body: { a: 1 } }),
    "body that is wrong": () => client.patch("/embedded", { body: { a: "x" as unknown as number } }),
    "wire types": () =>
      client.post("/wire", {
        body: {
          moment: "2020-01-01T00:00:00.5+01:00",
          at: day,
          price: "1.50",
          bytes: "é",
          base64: "/+8=",
          big: 2n ** 64n,
          own: -(2n ** 70n),
          lasts: "PT1H",
          set: new Set([1, 2]),
          map: new Map([["a", day]]),
        },
      }),
    "bytes as a body": () => client.post("/picture", { body: new Uint8Array([1, 0, 255]) }),
    "bytes of a type": () =>
      client.post("/picture", { body: new Uint8Array([1]), init: { headers: { "content-type": "image/png" } } }),
    "text of a type": () => client.post("/csv", { body: "a,b\n", init: { headers: { "content-type": "text/csv" } } }),
    "text as JSON": () => client.post("/csv", { body: "a,b\n" }),
    form: () => client.post("/form", { form: { user: "a&b=c ü", tags: ["x", "y"], age: 3, on: true } }),
    "form of little": () => client.post("/form", { form: { user: "a", age: undefined } }),
    "form that is wrong": () => client.post("/form", { form: { user: "" } }),
    "form model": () => client.post("/form-model", { form: { name: "", age: 3 } }),
    html: () => client.get("/page"),
    "bytes as bytes": () => client.get("/image", { as: "bytes" }),
    "JSON as text": () => client.get("/text", { as: "text" }),
    redirect: () => client.get("/old"),
    "204": () => client.get("/nothing"),
    "205": () => client.get("/reset"),
    OPTIONS: () => client.options("/several"),
    PUT: () => client.put("/several"),
    DELETE: () => client.delete("/several"),
    "HEAD of a GET": () => client.head("/page"),
    HEAD: () => client.head("/only-head"),
    "HEAD of an error": () => client.head("/items/{id}", item(404)),
    "HEAD of a fault": () => client.head("/items/{id}", item(503)),
    value: () => client.get("/items/{id}", item(1)),
    "declared error": () => client.get("/items/{id}", item(404)),
    "declared error with a detail": () => client.get("/items/{id}", item(409)),
    "invalid input": () => client.get("/items/{id}", item("x" as unknown as number)),
    "listed error": () => client.get("/items/{id}", { ...item(404), errors: [404] }),
    "error that is not listed": () => client.get("/items/{id}", { ...item(409), errors: [404, 422] }),
    "no error is expected": () => client.get("/items/{id}", { ...item(404), errors: [] }),
    "declared fault": () => client.get("/items/{id}", item(503)),
    "listed fault": () => client.get("/items/{id}", { ...item(503), errors: [503] }),
    "undeclared error, errors listed": () => client.get("/items/{id}", { ...item(418), errors: [404] }),
    crash: () => client.get("/items/{id}", item(500)),
    "error of a gateway": () => client.get("/foreign"),
    "JSON that is none": () => client.get("/not-json"),
    "problem details": () => client.get("/problems/refused"),
    "crash as problem details": () => client.get("/problems/failed"),
    "no credentials": () => client.get("/bearer"),
    "headers of the answer": async () => {
      const { status, response } = await client.post("/tagged");
      return { status, value: [response.headers.get("etag"), response.headers.get("location")] };
    },
    "time-out": () => client.get("/hang", { timeout: 1 }),
    abort: () => client.get("/hang", { signal: AbortSignal.abort(new RangeError("enough")) }),
    "nobody there": () => createClient<typeof api>({ baseUrl: "http://127.0.0.1:1" }).get("/text"),
    "nobody there, by a wrapper": () =>
      createClient<typeof api>({ baseUrl: "http://127.0.0.1:1", fetch: (request) => fetch(request) }).get("/text"),
    "answer that breaks off": () => client.get("/broken-off"),
    "answer that breaks off, by a wrapper": () =>
      createClient<typeof api>({ baseUrl, fetch: (request) => fetch(request) }).get("/broken-off"),
    "mistake of a wrapper": () =>
      createClient<typeof api>({
        baseUrl,
        fetch: () => {
          throw new TypeError("mistake");
        },
      }).get("/text"),
    nothing: () => client.get("/undefined"),
    "path with half a character": () => client.get("/files/{file:path}", { path: { file: "\ud800" } }),
    "cookie given": () => client.get("/cookies", { cookies: { session: "given" } }),
    "cookie of the server": async () => {
      await client.post("/login");
      return client.get("/cookies");
    },
    "bearer token": () => createClient<typeof api>({ baseUrl, auth: "t0k.en" }).get("/bearer"),
    "user name and password": () =>
      createClient<typeof api>({ baseUrl, auth: async () => ({ username: "ada", password: "a:b c" }) }).get("/basic"),
  };
  const found: Record<string, unknown> = { page };
  for (const [name, call] of Object.entries(all)) found[name] = await outcome(call);
  return found;
}
