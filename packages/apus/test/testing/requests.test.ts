// What a test client sends for what a test says, what it refuses, and what a test reads of the answer.
import { App, connection, get, json, middleware, text } from "apus";
import { testClient, type TestClientOptions, type TestRequest } from "apus/testing";
import { describe, expect, it, test } from "vitest";
import { gate } from "../scenario.ts";

/** Answers with what arrived. */
const echo = middleware({
  async onRequest(request) {
    const { method, rawTarget, scheme, headers, client } = request;
    return json({
      method,
      target: rawTarget,
      scheme,
      client,
      headers: Object.fromEntries([...headers].map(([name]) => [name, headers.get(name)])),
      body: await request.text(),
    });
  },
});
const app = new App({ middleware: [echo] });
const sent = async (init: TestRequest = {}, options: TestClientOptions = {}): Promise<any> =>
  (await testClient(app, options).post("/x", init)).json();
const usual = {
  accept: "*/*",
  "accept-encoding": "gzip, deflate",
  connection: "keep-alive",
  "user-agent": "testclient",
};

describe("bodies", () => {
  const form = new FormData();
  form.set("a", "1");
  form.set("f", new File(["content"], "f.txt", { type: "text/plain" }));

  test.each<[string, TestRequest, string | RegExp, string | RegExp | undefined]>([
    ["none", {}, "", undefined],
    ["json", { json: { a: [1, null], b: undefined } }, '{"a":[1,null]}', "application/json"],
    ["json that is null", { json: null }, "null", "application/json"],
    ["json that is undefined is none", { json: undefined }, "", undefined],
    [
      "a form",
      { form: { a: "x y", b: [1, true], c: undefined, d: null } },
      "a=x+y&b=1&b=true&d=",
      "application/x-www-form-urlencoded",
    ],
    [
      "a form of pairs",
      {
        form: [
          ["a", "1"],
          ["a", "2"],
        ],
      },
      "a=1&a=2",
      "application/x-www-form-urlencoded",
    ],
    [
      "a form of URLSearchParams",
      { form: new URLSearchParams("a=1&a=2") },
      "a=1&a=2",
      "application/x-www-form-urlencoded",
    ],
    ["text", { body: "größe" }, "größe", undefined],
    ["bytes", { body: new TextEncoder().encode("bytes") }, "bytes", undefined],
    ["a buffer", { body: new TextEncoder().encode("buffer").buffer }, "buffer", undefined],
    [
      "URLSearchParams",
      { body: new URLSearchParams({ a: "1" }) },
      "a=1",
      "application/x-www-form-urlencoded;charset=UTF-8",
    ],
    ["a blob with a type", { body: new Blob(["blob"], { type: "image/png" }) }, "blob", "image/png"],
    ["a blob without one", { body: new Blob(["blob"]) }, "blob", undefined],
    [
      "FormData",
      { body: form },
      /name="a"\r\n\r\n1\r\n.*filename="f.txt"\r\nContent-Type: text\/plain\r\n\r\ncontent/s,
      /^multipart\/form-data; boundary=/,
    ],
    ["a type of one's own", { json: 1, headers: { "Content-Type": "application/x+json" } }, "1", "application/x+json"],
  ])("%s", async (_, init, body, type) => {
    const found = await sent(init);
    expect(found.body).toEqual(body instanceof RegExp ? expect.stringMatching(body) : body);
    expect(found.headers["content-type"]).toEqual(type instanceof RegExp ? expect.stringMatching(type) : type);
    expect(found.headers["content-length"]).toBe(String(new TextEncoder().encode(found.body).byteLength));
  });

  it("a stream arrives as the test sends it", async () => {
    const second = gate<string>();
    const read = gate();
    const reading = async function* () {
      yield "first ";
      read.open();
      yield await second.opened;
    };
    const answer = sent({ body: reading() });
    await read.opened;
    second.open("second");
    expect(await answer).toMatchObject({ body: "first second", headers: { "transfer-encoding": "chunked" } });
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const streamed = sent({ body: readable });
    const writer = writable.getWriter();
    await writer.write(new TextEncoder().encode("web"));
    await writer.close();
    expect(await streamed).toMatchObject({ body: "web" });
  });

  it("one that breaks, is too long, or comes too late is answered, and given up", async () => {
    const reading = new App({
      bodyLimit: 10,
      bodyTimeout: 20,
      middleware: [middleware({ onRequest: async (request) => text(await request.text()) })],
    });
    let given = 0;
    const streams = {
      async *broken() {
        yield "a";
        throw new Error("the client's disk");
      },
      async *long() {
        try {
          for (;;) yield "0123456789";
        } finally {
          given++;
        }
      },
    };
    const client = testClient(reading);
    expect((await client.post("/", { body: streams.broken() })).status).toBe(400);
    expect((await client.post("/", { body: streams.long() })).status).toBe(413);
    expect(given).toBe(1);
    const never = new ReadableStream<Uint8Array>({ cancel: () => void given++ });
    expect((await client.post("/", { body: never })).status).toBe(408);
    expect(given).toBe(2);
  });

  it("one that nobody reads is given up", async () => {
    let given = false;
    const body = new ReadableStream<Uint8Array>({ cancel: () => void (given = true) });
    expect((await testClient(new App()).post("/", { body })).status).toBe(404);
    expect(given).toBe(true);
  });
});

describe("headers", () => {
  test.each<[string, TestClientOptions, TestRequest, Record<string, unknown>]>([
    ["the usual ones", {}, {}, { ...usual, host: "testserver", "content-length": "0" }],
    ["none of them", {}, { defaultHeaders: false }, { host: "testserver" }],
    ["by name", {}, { headers: { "X-A": "1", "X-B": ["2", "3"], "X-C": undefined } }, { "x-a": "1", "x-b": "2, 3" }],
    [
      "by pairs",
      {},
      {
        headers: [
          ["X-A", "1"],
          ["x-a", "2"],
        ],
      },
      { "x-a": "1, 2" },
    ],
    ["by Headers", {}, { headers: new Headers({ "X-A": "1" }) }, { "x-a": "1" }],
    ["those of the client", { headers: { "X-A": "1", accept: "text/html" } }, {}, { "x-a": "1", accept: "text/html" }],
    ["the request's are stronger", { headers: { "X-A": "1" } }, { headers: { "x-a": "2" } }, { "x-a": "2" }],
    [
      "null leaves one out",
      { headers: { "X-A": "1" } },
      { headers: { "x-a": null, accept: null } },
      { "x-a": undefined, accept: undefined },
    ],
    ["Basic", { auth: ["ada", "pässword"] }, {}, { authorization: "Basic YWRhOnDDpHNzd29yZA==" }],
    [
      "Basic of a request",
      { headers: { authorization: "Bearer x" } },
      { auth: ["a", ""] },
      { authorization: "Basic YTo=" },
    ],
    ["another Host", {}, { headers: { host: "api.example.com" } }, { host: "api.example.com" }],
  ])("%s", async (_, options, init, expected) => {
    const { headers } = await sent(init, options);
    for (const [name, value] of Object.entries(expected)) expect(headers[name]).toBe(value);
    if (init.defaultHeaders === false) expect(headers).toEqual(expected);
  });
});

describe("addresses", () => {
  test.each<[string | URL, TestRequest["query"], string]>([
    ["/a", undefined, "/a"],
    [
      "/a",
      { q: "x y", n: 1, b: false, l: ["a", "b"], none: undefined, empty: null, at: new Date(0) },
      "/a?q=x+y&n=1&b=false&l=a&l=b&empty=&at=1970-01-01T00%3A00%3A00.000Z",
    ],
    ["/a?x=1", { y: 2n }, "/a?x=1&y=2"],
    [
      "/a",
      [
        ["x", "1"],
        ["x", "2"],
      ],
      "/a?x=1&x=2",
    ],
    ["/a", new URLSearchParams("x=1&x=2"), "/a?x=1&x=2"],
    ["/a", "raw=%20&&", "/a?raw=%20&&"],
    ["/a", {}, "/a"],
    ["a", undefined, "/a"],
    ["", undefined, "/"],
    ["?x=1", undefined, "/?x=1"],
    ["/größe/a b?q=ü", undefined, "/gr%C3%B6%C3%9Fe/a%20b?q=%C3%BC"],
    ["/a/../b//c/%2e", undefined, "/a/../b//c/%2e"],
    ["//evil.example", undefined, "//evil.example"],
    ["*", undefined, "*"],
    ["https://api.example.com:8443/a?x=1#f", undefined, "https api.example.com:8443 /a?x=1"],
    ["http://api.example.com", undefined, "http api.example.com /"],
    ["http://api.example.com?x=1", undefined, "http api.example.com /?x=1"],
    [new URL("http://testserver/a?x=1"), { y: 1 }, "http testserver /a?x=1&y=1"],
  ])("%s (%#)", async (path, query, expected) => {
    const { target, scheme, headers } = (await testClient(app).get(path, { query })).json();
    expect(expected.includes(" ") ? `${scheme} ${headers.host} ${target}` : target).toBe(expected);
  });

  test("the path of the base URL comes first", async () => {
    const client = testClient(app, { baseUrl: "https://example.com/api/" });
    expect((await client.get("/a")).json()).toMatchObject({ target: "/api/a", scheme: "https" });
    expect((await client.get("https://example.com/a")).json()).toMatchObject({ target: "/a" });
  });

  test.each<[TestClientOptions["client"], unknown]>([
    [undefined, { host: "testclient", port: 50000 }],
    [{ host: "203.0.113.7" }, { host: "203.0.113.7", port: 50000 }],
    [
      { host: "::1", port: 1 },
      { host: "::1", port: 1 },
    ],
    [null, null],
  ])("the client address %j", async (client, expected) => {
    expect(await sent({}, { client })).toMatchObject({ client: expected });
  });

  test("the root path", async () => {
    const made = new App().include({
      where: get("/a", { input: { connection } }, (given) => given.connection.rootPath),
    });
    expect((await testClient(made, { rootPath: "/api" }).get("/api/a")).json()).toBe("/api");
    expect((await testClient(made).get("/a")).json()).toBe("");
  });
});

test("each method, and any other by request()", async () => {
  const client = testClient(app);
  const methods = ["get", "options", "post", "put", "patch", "delete"] as const;
  for (const method of methods)
    expect((await client[method]("/")).json()).toMatchObject({ method: method.toUpperCase() });
  expect((await client.request("PROPFIND", "/")).json()).toMatchObject({ method: "PROPFIND" });
  const head = await client.head("/");
  expect([head.status, head.bytes.byteLength, Number(head.headers.get("content-length")) > 0]).toEqual([200, 0, true]);
});

test("a client that leaves is rejected with its reason, once the app has let go", async () => {
  const lines: string[] = [];
  const started = gate();
  const slow = new App().include({
    read: get("/", { input: { connection } }, async ({ connection: { signal } }) => {
      started.open();
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      lines.push("let go");
      return 1;
    }),
  });
  const leaving = new AbortController();
  const client = testClient(slow);
  const asked = client.get("/", { signal: leaving.signal });
  await started.opened;
  const reason = new Error("the tab was closed");
  leaving.abort(reason);
  await expect(asked).rejects.toBe(reason);
  expect(lines).toEqual(["let go"]);
  await expect(client.get("/", { signal: leaving.signal })).rejects.toBe(reason);
});

test("a header's value is sent as the test wrote it, space included, as Starlette's client does", async () => {
  const { headers } = (await testClient(app).get("/", { headers: { "x-a": " a b\t" } })).json();
  expect(headers["x-a"]).toBe(" a b\t");
});
