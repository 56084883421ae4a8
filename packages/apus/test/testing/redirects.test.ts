// Where redirects lead, beyond what is recorded of Starlette: other hosts, streams, cookies of the request, `fetch`.
import { App, around, operation, get, json, middleware, redirect } from "apus";
import { testClient, type TestRequest } from "apus/testing";
import { describe, expect, it } from "vitest";

/** Answers each path with a redirect to `?to=…` under `?status=…`, and everything else with what arrived. */
const app = new App({
  middleware: [
    middleware({
      async onRequest(request) {
        const to = request.query.get("to");
        const status = Number(request.query.get("status") ?? 302);
        if (to !== null) return new Response(null, { status, headers: { location: to } });
        const { method, rawTarget, scheme, headers } = request;
        const said = Object.fromEntries(["host", "cookie", "authorization"].map((name) => [name, headers.get(name)]));
        return json({ method, target: rawTarget, scheme, ...said, body: await request.text() });
      },
    }),
  ],
});
const to = (location: string, init: TestRequest = {}, status = 302) =>
  testClient(app).get("/from", { ...init, query: { to: location, status } });

it("says where it has been", async () => {
  const answer = await to("/from?to=/end");
  expect(answer.url).toBe("http://testserver/end");
  expect(answer.history.map(({ status, url, history }) => [status, url, history.length])).toEqual([
    [302, "http://testserver/from?to=%2Ffrom%3Fto%3D%2Fend&status=302", 0],
    [302, "http://testserver/from?to=/end", 1],
  ]);
  expect((await testClient(app).get("/end")).history).toEqual([]);
});

it("a request is stronger than its client", async () => {
  const still = testClient(app, { followRedirects: false });
  expect((await still.get("/from?to=/end")).status).toBe(302);
  expect((await still.get("/from?to=/end", { followRedirects: true })).status).toBe(200);
  expect((await to("/end", { followRedirects: false })).headers.get("location")).toBe("/end");
});

it("an endless redirect ends", async () => {
  const loop = new App({ middleware: [around(async () => redirect("/again"))] });
  await expect(testClient(loop).get("/")).rejects.toThrow(
    "APUS_TEST_REDIRECT: more than 20 redirects, the last of them http://testserver/again → http://testserver/again → http://testserver/again → /again.",
  );
});

describe("another host", () => {
  it.each([
    "https://accounts.example/authorize?client_id=1",
    "//evil.example/",
    "http://nottestserver/",
    "myapp://callback",
    "mailto:ada@example.com",
  ])("is nobody that the app could be asked for: %s", async (location) => {
    await expect(to(location)).rejects.toMatchObject({
      code: "APUS_TEST_REDIRECT",
      message: expect.stringContaining("followRedirects: false"),
    });
    expect((await to(location, { followRedirects: false })).headers.get("location")).toBe(location);
  });

  it("an address that is none is said to be none", async () => {
    await expect(to("http://[")).rejects.toThrow("which is no address");
  });

  it("the same host with another scheme or port, its subdomains and the host above it are the app", async () => {
    for (const location of ["https://testserver/x", "http://testserver:81/x", "http://www.testserver/x"]) {
      expect((await to(location)).json()).toMatchObject({ target: "/x", host: new URL(location).host });
    }
    const www = testClient(app, { baseUrl: "https://www.example.com" });
    expect((await www.get("/from?to=https://example.com/x")).json()).toMatchObject({
      host: "example.com",
      scheme: "https",
    });
  });

  it("so are the host of the request's Host header, and the base URL's after another was asked", async () => {
    const client = testClient(app, { headers: { authorization: "Bearer a" } });
    const answer = await client.get("/from?to=https://api.example.com/x", { headers: { host: "api.example.com" } });
    expect(answer.json()).toMatchObject({ host: "api.example.com", scheme: "https", authorization: "Bearer a" });
    const back = await client.get("https://api.example.com/from?to=http://testserver/x");
    expect(back.json()).toMatchObject({ host: "testserver", authorization: null });
  });
});

describe("what goes along", () => {
  it("cookies of the request stay with its origin", async () => {
    const init = { cookies: { a: "1" }, headers: { cookie: "b=2" } };
    expect((await to("/x", init)).json()).toMatchObject({ cookie: "b=2; a=1" });
    expect((await to("http://www.testserver/x", init)).json()).toMatchObject({ cookie: null });
  });

  it("until the redirect sets or deletes them", async () => {
    const headers: [string, string][] = [
      ["location", "/end"],
      ["set-cookie", "a=; Path=/; Max-Age=0"],
      ["set-cookie", "b=new; Path=/"],
    ];
    const setting = new App({
      middleware: [
        middleware({
          onRequest: ({ path, headers: said }) =>
            path === "/end" ? json(said.get("cookie")) : new Response(null, { status: 302, headers }),
        }),
      ],
    });
    const answer = await testClient(setting).get("/", { cookies: { a: "1", b: "2", c: "3" } });
    expect(answer.json()).toBe("b=new; c=3");
  });

  it("a stream is sent again where it was read to its end or not at all, and refused where a part is gone", async () => {
    const parts = async function* () {
      yield "one ";
      yield new TextEncoder().encode("two");
    };
    const client = testClient(app);
    const unread = await client.post("/from?to=/x&status=307", { body: parts() });
    expect(unread.json()).toMatchObject({ method: "POST", body: "one two" });
    const reading = new App({
      middleware: [
        middleware({
          async onRequest(request) {
            if (request.path === "/end") return json(await request.text());
            await request.text().catch(() => {});
            return new Response(null, { status: 308, headers: { location: "/end" } });
          },
        }),
      ],
    });
    expect((await testClient(reading).post("/", { body: parts() })).json()).toBe("one two");
    const limited = new App({ ...reading.options, bodyLimit: 5 });
    await expect(testClient(limited).post("/", { body: parts() })).rejects.toThrow(
      "a part of its stream has been read",
    );
  });
});

describe("fetch", () => {
  const client = testClient(app);

  it("follows, shows, or refuses, as the request says", async () => {
    const followed = await client.fetch("/from?to=/end");
    expect([followed.status, followed.url, followed.redirected]).toEqual([200, "http://testserver/end", true]);
    const shown = await client.fetch("/from?to=/end", { redirect: "manual" });
    expect([shown.status, shown.headers.get("location"), shown.redirected]).toEqual([302, "/end", false]);
    await expect(client.fetch("/from?to=/end", { redirect: "error" })).rejects.toBeInstanceOf(TypeError);
    expect((await client.fetch("/end", { redirect: "error" })).status).toBe(200);
  });

  it("shows it where the client follows none, unless it is asked for outright", async () => {
    const still = testClient(app, { followRedirects: false });
    expect((await still.fetch(new Request("http://testserver/from?to=/end"))).status).toBe(302);
    expect((await still.fetch("/from?to=/end", { redirect: "follow" })).status).toBe(200);
  });
});

it("HEAD stays HEAD, and an operation's redirect is followed as any other", async () => {
  const moved = new App().include({
    old: get("/old", () => redirect("/new")),
    current: operation(["GET", "HEAD"], "/new", () => "here"),
  });
  const head = await testClient(moved).head("/old");
  expect([head.status, head.text, head.history[0]!.status]).toEqual([200, "", 307]);
});

it("what says something of a body goes with it, and with the body it stays", async () => {
  const said = { "content-language": "en", "content-encoding": "identity", "content-location": "/a", "x-kept": "1" };
  const headersSeen: string[][] = [];
  const recording = new App({
    middleware: [
      middleware({
        onRequest(request) {
          headersSeen.push(
            [...request.headers].map(([name]) => name).filter((name) => /^(?:content|transfer|x)-/.test(name)),
          );
          if (request.query.has("to")) return redirect("/end", { status: Number(request.query.get("to")) });
          return json(1);
        },
      }),
    ],
  });
  for (const status of [303, 307]) {
    await testClient(recording).post(`/?to=${status}`, { json: { a: 1 }, headers: said });
  }
  const all = ["content-length", "content-type", ...Object.keys(said)].toSorted();
  expect(headersSeen.map((names) => names.toSorted())).toEqual([all, ["x-kept"], all, all]);
});
