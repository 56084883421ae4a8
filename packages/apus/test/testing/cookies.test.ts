// The jar of a client: what it keeps, what it sends, and what a test does with it.
import { App, cookie, get, post, request, response } from "apus";
import { testClient, type TestClient } from "apus/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";

const app = new App().include({
  set: post("/set", { input: { lines: z.array(z.string()), at: response } }, ({ lines, at }) => {
    for (const line of lines) at.headers.append("set-cookie", line);
  }),
  seen: get("/seen", { input: { all: cookie(z.looseObject({})) } }, ({ all }) => all),
  line: get("/line/a/b", { input: { request } }, ({ request: { headers } }) => headers.get("cookie")),
  below: get("/a/b", { input: { all: cookie(z.looseObject({})) } }, ({ all }) => all),
});

const set = (client: TestClient, ...lines: string[]) => client.post("/set", { json: lines });
const seen = async (client: TestClient, path: string | URL = "/seen"): Promise<unknown> =>
  (await client.get(path)).json();

it("an answer's cookies are sent from then on, several lines of it", async () => {
  const client = testClient(app);
  const answer = await set(client, "a=1; Path=/; HttpOnly; SameSite=Lax", "b=2; Path=/", "c=3; Path=/a");
  expect([...answer.cookies.keys()]).toEqual(["a", "b", "c"]);
  expect(answer.cookies.get("a")).toMatchObject({ value: "1", httpOnly: true, sameSite: "lax", path: "/" });
  expect(answer.headers.getSetCookie()).toHaveLength(3);
  expect([await seen(client), await seen(client, "/a/b")]).toEqual([
    { a: "1", b: "2" },
    { a: "1", b: "2", c: "3" },
  ]);
  expect([...client.cookies]).toMatchObject([
    { name: "a", domain: "testserver", hostOnly: true, path: "/", httpOnly: true, secure: false, sameSite: "lax" },
    { name: "b", expires: undefined },
    { name: "c", path: "/a" },
  ]);
});

it("longer paths come first, then what was set first; what is replaced keeps its place", async () => {
  const client = testClient(app);
  await set(client, "x=root; Path=/", "y=1; Path=/", "x=below; Path=/a", "x=again; Path=/");
  const sent = await client.get("/line/a/b");
  expect(sent.json()).toBe("x=again; y=1");
  await set(client, "z=1; Path=/line/a", "x=line; Path=/line");
  expect((await client.get("/line/a/b")).json()).toBe("z=1; x=line; x=again; y=1");
  expect([client.cookies.size, client.cookies.get("x")]).toEqual([5, "line"]);
});

it("two clients of one app share no cookie", async () => {
  const [one, other] = [testClient(app), testClient(app)];
  await set(one, "a=1; Path=/");
  expect([await seen(one), await seen(other)]).toEqual([{ a: "1" }, {}]);
});

describe("what a test says", () => {
  it("the client's option is what the jar begins with; a request's own come on top, for that request", async () => {
    const client = testClient(app, { cookies: { a: "1", b: "2" } });
    const answer = await client.get("/seen", { cookies: { b: "own", c: "3" } });
    expect([answer.json(), await seen(client)]).toEqual([
      { a: "1", b: "own", c: "3" },
      { a: "1", b: "2" },
    ]);
  });

  it("a Cookie header of the request joins the jar, and is stronger", async () => {
    const client = testClient(app, { cookies: { a: "1", b: "2" } });
    const answer = await client.get("/seen", { headers: { Cookie: "b=raw; c=3" }, cookies: { d: "4" } });
    expect(answer.json()).toEqual({ a: "1", b: "raw", c: "3", d: "4" });
  });

  it("set, get, delete and clear", async () => {
    const client = testClient(app);
    client.cookies.set("a", "1");
    client.cookies.set("a", "below", { path: "/a", httpOnly: true });
    client.cookies.set("s", "1", { secure: true });
    client.cookies.set("old", "1", { expires: new Date(0) });
    expect([client.cookies.size, client.cookies.get("a"), client.cookies.get("old")]).toEqual([3, "below", undefined]);
    expect(await seen(client)).toEqual({ a: "1" });
    expect([client.cookies.delete("a"), client.cookies.delete("a")]).toEqual([true, false]);
    expect([...client.cookies].map(({ name }) => name)).toEqual(["s"]);
    client.cookies.clear();
    expect([client.cookies.size, await seen(client)]).toEqual([0, {}]);
  });

  it("what an answer sets takes the place of what the test set", async () => {
    const client = testClient(app, { cookies: { a: "1" } });
    await set(client, "a=2; Path=/");
    expect([await seen(client), client.cookies.size]).toEqual([{ a: "2" }, 1]);
    await set(client, "a=; Path=/; Max-Age=0");
    expect([await seen(client), client.cookies.size]).toEqual([{}, 0]);
  });

  it.each([
    ["a b", "1", "APUS_COOKIE"],
    ["", "1", "APUS_COOKIE"],
    ["a;b", "1", "APUS_COOKIE"],
    ["a", "1; b=2", "APUS_COOKIE"],
    ["a", "1\r\nx: y", "APUS_COOKIE"],
    ["a", "\u20ac", "APUS_COOKIE"],
    ["a", 1 as unknown as string, "APUS_COOKIE"],
  ])("%j=%j is refused wherever it is said", async (name, value, code) => {
    const client = testClient(app);
    expect(() => client.cookies.set(name, value)).toThrow(expect.objectContaining({ code }));
    expect(() => testClient(app, { cookies: { [name]: value } })).toThrow(expect.objectContaining({ code }));
    await expect(client.get("/seen", { cookies: { [name]: value } })).rejects.toMatchObject({ code });
  });

  it("a misspelt attribute and a path that is none are refused", () => {
    const { cookies } = testClient(app);
    const misspelt = { httponly: true } as object;
    expect(() => cookies.set("a", "1", misspelt)).toThrow("did you mean `httpOnly`?");
    expect(() => cookies.set("a", "1", { path: "a" })).toThrow("APUS_COOKIE");
  });
});

it("a secure cookie is kept, and sent over https alone", async () => {
  const client = testClient(app);
  await set(client, "a=1; Path=/; Secure");
  expect([client.cookies.get("a"), await seen(client), await seen(client, "https://testserver/seen")]).toEqual([
    "1",
    {},
    { a: "1" },
  ]);
});

it.each([
  ["__Host-a=1; Path=/; Secure", 1],
  ["__Host-a=1; Path=/", 0],
  ["__Host-a=1; Secure", 0],
  ["__Host-a=1; Path=/; Secure; Domain=api.example.com", 0],
  ["__Secure-a=1; Secure", 1],
  ["__Secure-a=1", 0],
  ["__hOST-a=1; Path=/; Secure", 1],
  ["__hOST-a=1; Path=/", 0],
  ["__SECURE-a=1", 0],
  ["a=1; SameSite=None; Secure", 1],
  ["a=1; SameSite=None", 0],
  ["a=1; Partitioned; Secure", 1],
  ["a=1; Partitioned", 0],
  [`${"a".repeat(96)}=${"b".repeat(4000)}`, 1],
  [`${"a".repeat(97)}=${"b".repeat(4000)}`, 0],
  [`a=1; Domain=other.com${" ".repeat(8)}; x=${"y".repeat(2000)}`, 0],
  [`a=1; Domain=${"o".repeat(1021)}.com`, 1],
  ["a=1; Domain=com", 0],
  ["a=1; Domain=other.com", 0],
  ["a=1; Domain=example.com", 1],
])("%s leaves %i in the jar, as browsers have it", async (line, size) => {
  const client = testClient(app, { baseUrl: "https://api.example.com" });
  await set(client, line);
  expect(client.cookies.size).toBe(size);
});

it("addresses have no subdomains, and a host of one label may name itself", async () => {
  const local = testClient(app, { baseUrl: "http://127.0.0.1:8000" });
  await set(local, "a=1; Domain=0.0.1", "b=1; Domain=127.0.0.1; Path=/");
  expect(await seen(local)).toEqual({ b: "1" });
  const named = testClient(app, { baseUrl: "http://localhost" });
  await set(named, "a=1; Domain=localhost; Path=/");
  expect(await seen(named)).toEqual({ a: "1" });
});

describe("time", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date("2030-01-01") }));
  afterEach(() => void vi.useRealTimers());

  it("a cookie is gone when its time is up", async () => {
    const client = testClient(app);
    await set(client, "a=1; Path=/; Max-Age=60", "b=1; Path=/; Expires=Tue, 01 Jan 2030 00:02:00 GMT", "c=1; Path=/");
    expect(await seen(client)).toEqual({ a: "1", b: "1", c: "1" });
    vi.setSystemTime(new Date("2030-01-01T00:01:00Z"));
    expect(await seen(client)).toEqual({ b: "1", c: "1" });
    vi.setSystemTime(new Date("2030-01-01T00:02:00Z"));
    expect([await seen(client), [...client.cookies].map(({ name }) => name)]).toEqual([{ c: "1" }, ["c"]]);
  });
});
