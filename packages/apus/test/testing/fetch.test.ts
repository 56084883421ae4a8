// `client.fetch`: the platform's fetch with an app for a network, for the typed client and everything else that takes one.
import { App, get, json, middleware, post, response, router } from "apus";
import { createClient } from "apus/client";
import { testClient } from "apus/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { gate } from "../scenario.ts";

const echo = middleware({
  async onRequest(request) {
    const { method, rawTarget, headers, query } = request;
    if (query.has("set")) return new Response(null, { headers: { "set-cookie": "a=1; Path=/" } });
    return json({ method, target: rawTarget, headers: Object.fromEntries(headers), body: await request.text() });
  },
});
const app = new App({ middleware: [echo] });

it("takes a path, a URL or a Request, with the client's headers", async () => {
  const client = testClient(app, { headers: { "x-a": "1" }, baseUrl: "http://testserver/api" });
  const init = { method: "POST", body: "x", headers: { "x-b": "2" } };
  for (const [input, target] of [
    ["/a?q=1", "/api/a?q=1"],
    ["a", "/api/a"],
    ["http://testserver/a", "/a"],
    [new URL("http://testserver/a"), "/a"],
  ] as const) {
    const found = (await (await client.fetch(input, init)).json()) as Record<string, unknown>;
    expect(found).toMatchObject({
      method: "POST",
      target,
      body: "x",
      headers: { "x-a": "1", "x-b": "2", "user-agent": "testclient" },
    });
  }
  const request = new Request("http://other.example/a", init);
  expect(await (await client.fetch(request)).json()).toMatchObject({ body: "x", headers: { host: "other.example" } });
  expect(await (await client.fetch(new Request("http://a/"), { method: "PUT" })).json()).toMatchObject({
    method: "PUT",
  });
});

it("keeps and sends the client's cookies, unless they are to be omitted", async () => {
  const client = testClient(app);
  await client.fetch("/?set", { credentials: "omit" });
  expect(client.cookies.size).toBe(0);
  await client.fetch("/?set");
  const cookieOf = async (init?: RequestInit): Promise<unknown> =>
    ((await (await client.fetch("/", init)).json()) as { headers: { cookie?: string } }).headers.cookie;
  expect(await cookieOf()).toBe("a=1");
  expect(await cookieOf({ headers: { cookie: "b=2" } })).toBe("a=1; b=2");
  expect(await cookieOf({ credentials: "omit" })).toBeUndefined();
  expect((await client.get("/")).json()).toMatchObject({ headers: { cookie: "a=1" } });
});

it("gives streams as they are sent", async () => {
  const second = gate();
  const parts = async function* () {
    yield new TextEncoder().encode("one");
    await second.opened;
    yield new TextEncoder().encode("two");
  };
  const iterator = parts();
  const pull = async (controller: ReadableStreamDefaultController): Promise<void> => {
    const { done, value } = await iterator.next();
    if (done === true) controller.close();
    else controller.enqueue(value);
  };
  const streaming = new App().include({
    read: get("/", () => new Response(new ReadableStream({ pull }, { highWaterMark: 0 }))),
  });
  const { body } = await testClient(streaming).fetch("/");
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toBe("one");
  second.open();
  expect((await reader.read()).value).toBe("two");
  expect((await reader.read()).done).toBe(true);
});

it("a stream ends with the signal's reason when the client leaves", async () => {
  let given: unknown;
  const pull = (controller: ReadableStreamDefaultController): void => controller.enqueue(new Uint8Array([1]));
  const cancel = (reason: unknown): void => void (given = reason);
  const streaming = new App().include({
    read: get("/", () => new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }))),
  });
  const leaving = new AbortController();
  const { body } = await testClient(streaming).fetch("/", { signal: leaving.signal });
  const reader = body!.getReader();
  await reader.read();
  const reason = new Error("enough");
  leaving.abort(reason);
  await expect(reader.read()).rejects.toBe(reason);
  expect(given).toBe(reason);
});

describe("the typed client in process", () => {
  const Login = z.object({ name: z.string() });
  const routes = router({
    login: post("/login", { input: { login: Login, response } }, (given) => {
      given.response.cookies.set("session", given.login.name);
      return { ok: true };
    }),
    me: get("/me/{n}", { input: { n: z.int() } }, ({ n }) => ({ n })),
  });

  it("asks the app, with the cookies of the test", async () => {
    const client = testClient(new App().include(routes));
    const typed = createClient<typeof routes>({ baseUrl: "http://testserver", fetch: client.fetch });
    expect(await typed.post("/login", { body: { name: "ada" } })).toMatchObject({ ok: true });
    expect(client.cookies.get("session")).toBe("ada");
    expect(await typed.get("/me/{n}", { path: { n: 3 } })).toMatchObject({ ok: true, value: { n: 3 } });
    expect(await typed.get("/me/{n}", { path: { n: "x" as unknown as number } })).toMatchObject({
      ok: false,
      status: 422,
    });
  });
});
