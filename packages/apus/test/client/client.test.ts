// The typed client at run time, over a real server and over app.fetch: what it sends and what it makes of answers.
import {
  App,
  body,
  cookie,
  depends,
  form,
  get,
  header,
  html,
  httpError,
  operation,
  patch,
  path,
  post,
  query,
  router,
} from "apus";
import { createClient, UnexpectedAnswer } from "apus/client";
import { Secret, types } from "apus/types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { gate } from "../scenario.ts";
import { serve } from "../serve.ts";

const NotFound = httpError(404, "Item not found");
const Conflict = httpError(409, "Conflict", z.object({ existing: z.int() }));
const waiting = gate();
const released = gate();
const token = depends({ x_token: header(z.string().optional()) });

const api = router({
  item: get("/items/{id}", { input: { id: z.string() }, errors: [NotFound] }, ({ id }) => {
    if (id === "none") throw new NotFound();
    return { id };
  }),
  file: get("/files/{file:path}", { input: { file: z.string() } }, ({ file }) => ({ file })),
  search: get(
    "/search",
    { input: { q: z.string().optional(), tag: query(z.array(z.string()).default([])), n: z.int().default(0) } },
    (values) => values,
  ),
  whoami: get("/whoami", { input: { token, session: cookie(z.string().optional()) } }, (values) => values),
  make: post(
    "/items",
    { input: { item: z.object({ name: z.string(), at: z.string().optional() }) }, status: 201, errors: [Conflict] },
    ({ item }) => {
      if (item.name === "taken") throw new Conflict({ existing: 3 });
      return item;
    },
  ),
  change: patch("/items", { input: { a: body(z.int()), b: body(z.int().default(2)) } }, (values) => values),
  login: post(
    "/login",
    { input: { user: form(z.string()), tags: form(z.array(z.string()).default([])), at: form(z.string().optional()) } },
    (values) => values,
  ),
  profile: post(
    "/profile",
    { input: { profile: form(z.object({ name: z.string(), age: z.int().optional() })) } },
    ({ profile }) => profile,
  ),
  members: post("/members", { input: { members: z.set(z.int()) } }, ({ members }) => members.size),
  exact: post(
    "/exact/{day}",
    {
      input: {
        day: z.date(),
        body: z.object({
          own: z.bigint(),
          wire: z.array(types.bigint()),
          map: z.map(z.string(), z.date()),
          none: z.unknown(),
        }),
      },
    },
    ({ day, body }) => [day, body.own, ...body.wire, [...body.map], JSON.stringify(body.none)].map(String),
  ),
  forms: get(
    "/forms",
    {
      output: z.object({
        at: z.date(),
        big: z.bigint(),
        set: z.set(z.date()),
        map: z.map(z.string(), z.bigint()),
        alias: types.aliased(z.object({ name: z.string(), size: z.int() }), { name: "n-n" }),
        key: types.secret(),
        list: z.array(z.string().optional()),
      }),
      only: { at: true, big: true, set: true, map: true, alias: ["n-n"], key: true, list: true },
    },
    () => {
      const at = new Date(0);
      const alias = { name: "a", size: 1 };
      const key = new Secret("s");
      return { at, big: 2n, set: new Set([at]), map: new Map([["a", 1n]]), alias, key, list: [undefined] };
    },
  ),
  several: operation(["PUT", "DELETE"], "/several", () => "both"),
  page: get("/page", { as: html }, () => "<p>hi</p>"),
  nothing: get("/nothing", { status: 204 }, () => null),
  crash: get("/crash", () => {
    throw new Error("secret");
  }),
  hang: get("/hang", async () => {
    waiting.open();
    await released.opened;
  }),
  broken: get("/broken", () => new Response("{", { headers: { "content-type": "application/json" } })),
  org: router(
    { read: get("/{id}", { input: { org: path(z.string()), id: z.string() } }, (v) => v) },
    { prefix: "/orgs/{org}" },
  ),
});
const app = new App({ report: () => {} }).include(api);

let url = "";
let close: () => Promise<void>;
beforeAll(async () => {
  const server = await serve(app, { port: 0, signals: false });
  ({ url } = server);
  close = server.close;
});
afterAll(() => close());

describe.each(["a server", "app.fetch"])("over %s", (over) => {
  const make = (options: { headers?: Record<string, string>; suffix?: string } = {}) =>
    createClient<typeof api>({
      baseUrl: (over === "a server" ? url : "http://testserver") + (options.suffix ?? ""),
      headers: options.headers,
      ...(over === "a server" ? {} : { fetch: (request: Request) => app.fetch(request) }),
    });

  test.each(["a b", "ü☃", "100%", "%41", "a?b#c&d", "a;b=c", "..a", "constructor", "a+b"])(
    "a path parameter %j arrives as it is",
    async (id) => {
      const answer = await make().get("/items/{id}", { path: { id } });
      expect(answer).toMatchObject({ ok: true, status: 200, value: { id } });
    },
  );

  test("a path parameter can never become another path", async () => {
    const call = (id: string) => make().get("/items/{id}", { path: { id } });
    for (const id of [".", "..", ""]) await expect(call(id)).rejects.toThrow(/APUS_CLIENT_PATH/);
    await expect(make().get("/items/{id}", { path: {} as { id: string } })).rejects.toThrow(/APUS_CLIENT_PATH.*"id"/);
    const inherited = make().get("/items/{constructor}" as "/items/{id}", { path: {} as { id: string } });
    await expect(inherited).rejects.toThrow(/APUS_CLIENT_PATH.*"constructor" is missing/);
    // Servers refuse an encoded slash, and some proxies read it as two segments.
    for (const id of ["a/b", "../admin"]) await expect(call(id)).rejects.toThrow(/APUS_CLIENT_PATH.*\{name:path\}/);
  });

  test("{name:path} takes slashes and nothing else", async () => {
    const call = (file: string) => make().get("/files/{file:path}", { path: { file } });
    expect(await call("a/b c/%2F.txt")).toMatchObject({ value: { file: "a/b c/%2F.txt" } });
    await expect(call("a/../b")).rejects.toThrow(/APUS_CLIENT_PATH/);
  });

  test("text around a path parameter is sent as it is, and makes no other path of a value", async () => {
    const around = router({
      dots: get("/x.{a}/{b}.json", { input: { a: z.string(), b: z.string() } }, (values) => values),
      zip: get("/ü?/{p:path}.zip", { input: { p: z.string() } }, (values) => values),
      hidden: get("/.{name}", { input: { name: z.string() } }, (values) => values),
    });
    const app = new App().include(around);
    const client = createClient<typeof around>({ baseUrl: "http://testserver", fetch: (sent) => app.fetch(sent) });
    expect(await client.get("/x.{a}/{b}.json", { path: { a: ".", b: "ü {a}" } })).toMatchObject({
      value: { a: ".", b: "ü {a}" },
    });
    expect(await client.get("/ü?/{p:path}.zip", { path: { p: "a/b" } })).toMatchObject({ value: { p: "a/b" } });
    expect(await client.get("/.{name}", { path: { name: "env" } })).toMatchObject({ value: { name: "env" } });
    await expect(client.get("/.{name}", { path: { name: "." } })).rejects.toThrow(/APUS_CLIENT_PATH.*segment/);
  });

  test("prefix parameters, a base URL with a slash at its end", async () => {
    const answer = await make({ suffix: "/" }).get("/orgs/{org}/{id}", { path: { org: "o p", id: "i" } });
    expect(answer).toMatchObject({ ok: true, value: { org: "o p", id: "i" } });
  });

  test("query lists are repeated, undefined is left out, everything is encoded", async () => {
    const answer = await make().get("/search", { query: { q: "a&b=c +%ü", tag: ["x", "y z"], n: undefined } });
    expect(answer).toMatchObject({ value: { q: "a&b=c +%ü", tag: ["x", "y z"], n: 0 } });
  });

  test("headers and cookies: the call's before the client's", async () => {
    const client = make({ headers: { "x-token": "client" } });
    expect(await client.get("/whoami")).toMatchObject({ value: { token: { x_token: "client" } } });
    const answer = await client.get("/whoami", { headers: { "x-token": "call" }, cookies: { session: "s1" } });
    expect(answer).toMatchObject({ value: { token: { x_token: "call" }, session: "s1" } });
  });

  test("a cookie cannot bring another one with it", async () => {
    const call = make().get("/whoami", { cookies: { session: "s1; admin=1" } });
    await expect(call).rejects.toThrow(/APUS_CLIENT_COOKIE/);
  });

  test("bodies are JSON, one or several", async () => {
    const made = await make().post("/items", { body: { name: "a" } });
    expect(made).toMatchObject({ ok: true, status: 201, value: { name: "a" } });
    expect(await make().patch("/items", { body: { a: 1 } })).toMatchObject({ value: { a: 1, b: 2 } });
    expect(await make().put("/several")).toMatchObject({ value: "both" });
    expect(await make().delete("/several")).toMatchObject({ value: "both" });
  });

  test("forms: fields, lists as repeated names, models; sets in bodies are lists", async () => {
    const client = make();
    const sent = await client.post("/login", { form: { user: "a&b=c", tags: ["x", "y"], at: undefined } });
    expect(sent).toMatchObject({ ok: true, value: { user: "a&b=c", tags: ["x", "y"] } });
    expect(await client.post("/login", { form: { user: "" } })).toMatchObject({
      ok: false,
      status: 422,
      body: { detail: [{ type: "missing", loc: ["body", "user"] }] },
    });
    expect(await client.post("/profile", { form: { name: "", age: 3 } })).toMatchObject({
      value: { name: "", age: 3 },
    });
    expect(await client.post("/members", { body: new Set([1, 2]) })).toMatchObject({ value: 2 });
  });

  test("bigints are sent with every digit, dates as ISO 8601 text, maps as objects", async () => {
    const day = new Date(0);
    const own = 123456789012345678901234567890n;
    const map = new Map([["a", day]]);
    const none = { skipped: undefined, list: [undefined, null, "é\n"], raw: { toJSON: () => 1 } };
    const answer = await make().post("/exact/{day}", {
      path: { day },
      body: { own, wire: [2n ** 64n, 7, -1n], map, none },
    });
    const written = `a,${String(day)}`;
    expect(answer).toMatchObject({
      ok: true,
      value: [
        String(day),
        String(own),
        "18446744073709551616",
        "7",
        "-1",
        written,
        '{"list":[null,null,"é\\n"],"raw":1}',
      ],
    });
  });

  test("an answer is what its type says: the form on the wire", async () => {
    const answer = await make().get("/forms");
    const at = "1970-01-01T00:00:00Z";
    // The annotation is half of the test.
    const value: {
      at: string;
      big: number;
      set: string[];
      map: Record<string, number>;
      alias: { "n-n": string };
      key: string;
      list: (string | null)[];
    } = answer.value;
    expect(value).toEqual({
      at,
      big: 2,
      set: [at],
      map: { a: 1 },
      alias: { "n-n": "a" },
      key: "**********",
      list: [null],
    });
  });

  test("a body that contains itself is refused, not sent", async () => {
    const body: { own: bigint; none: unknown } = { own: 1n, none: null };
    body.none = body;
    const call = make().post("/exact/{day}", {
      path: { day: new Date(0) },
      body: { ...body, wire: [], map: new Map() },
    });
    await expect(call).rejects.toThrow(/^APUS_CLIENT_BODY/);
  });

  test("declared errors and 422 are values", async () => {
    const missing = await make().get("/items/{id}", { path: { id: "none" } });
    expect(missing).toMatchObject({ ok: false, status: 404, body: { detail: "Item not found" } });
    const taken = await make().post("/items", { body: { name: "taken" } });
    expect(taken).toMatchObject({ ok: false, status: 409, body: { detail: { existing: 3 } } });
    const invalid = await make().post("/items", { body: {} as { name: string } });
    expect(invalid).toMatchObject({ ok: false, status: 422, body: { detail: [{ loc: ["body", "name"] }] } });
  });

  test("text is text, no body is null", async () => {
    expect(await make().get("/page")).toMatchObject({ ok: true, status: 200, value: "<p>hi</p>" });
    expect(await make().get("/nothing")).toMatchObject({ ok: true, status: 204, value: null });
  });

  test("an error that is no JSON, and JSON that is none, are thrown with the answer", async () => {
    const crash = await make()
      .get("/crash")
      .catch((error: unknown) => error);
    expect(crash).toBeInstanceOf(UnexpectedAnswer);
    expect(crash).toMatchObject({ text: "Internal Server Error", response: { status: 500 } });
    expect((crash as Error).message).toMatch(/^GET \/crash answered 500/);
    await expect(make().get("/broken")).rejects.toThrow(UnexpectedAnswer);
  });
});

test("an abort signal ends the call", async () => {
  const controller = new AbortController();
  const client = createClient<typeof api>({ baseUrl: url });
  const call = client.get("/hang", { signal: controller.signal });
  await waiting.opened;
  controller.abort(new Error("enough"));
  await expect(call).rejects.toThrow("enough");
  released.open();
});
