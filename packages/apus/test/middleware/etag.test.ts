/** The `etag` middleware: which answers have a tag, and who is answered 304. */
import { App, get, post, sendFile, text, type Middleware } from "apus";
import { compression, cors, etag } from "apus/middleware";
import { nodeHost } from "apus/server";
import { expect, test } from "vitest";
import { folderWith } from "../files/folder.ts";
import { scenarios } from "../scenario.ts";

const item = { name: "Nest box" };
const date = "Tue, 14 Nov 2023 22:13:20 GMT";
const streamed = (headers: Record<string, string> = {}): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("streamed"));
        controller.close();
      },
    }),
    { headers },
  );

function appOf(...middleware: Middleware[]): App {
  const app = new App({ middleware });
  app.include({
    item: get("/item", () => item),
    other: get("/other", () => ({ name: "Nest boy" })),
    created: post("/item", () => item),
    missing: get("/status", { status: 203 }, () => item),
    empty: get("/empty", { status: 204 }, () => undefined),
    stream: get("/stream", () => streamed()),
    streamTagged: get("/stream-tagged", () => streamed({ etag: '"mine"' })),
    dated: get("/dated", () => streamed({ "last-modified": date })),
    both: get("/both", () => text("text", { headers: { "last-modified": date } })),
    own: get("/own", () => text("text", { headers: { etag: 'W/"own"', "cache-control": "max-age=60" } })),
    secret: get("/secret", () => text("text", { headers: { "cache-control": "private, no-store" } })),
    rich: get("/rich", () =>
      text("text", {
        headers: {
          "content-language": "de",
          vary: "accept-language",
          expires: date,
          "x-kept": "1",
          "set-cookie": "a=b",
        },
      }),
    ),
  });
  return app;
}

scenarios("etag", (ask) => {
  test("a buffered answer is tagged by its bytes, and not sent again to who holds it", async () => {
    const app = appOf(etag());
    const first = await ask(app, "GET /item");
    const tag = first.headers["etag"]!;
    expect([first.status, first.json()]).toEqual([200, item]);
    expect(tag).toMatch(/^"[A-Za-z\d+/]{28}"$/);
    expect((await ask(app, "GET /item")).headers["etag"]).toBe(tag);
    expect((await ask(app, "GET /other")).headers["etag"]).not.toBe(tag);
    for (const held of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
      const again = await ask(app, "GET /item", { headers: { "if-none-match": held } });
      expect([again.status, again.text, again.headers]).toEqual([304, "", { etag: tag }]);
    }
    expect((await ask(app, "GET /item", { headers: { "if-none-match": '"x"' } })).status).toBe(200);
  });

  test("HEAD has the tag of GET", async () => {
    const app = appOf(etag());
    const tag = (await ask(app, "GET /item")).headers["etag"]!;
    const head = await ask(app, "HEAD /item");
    expect([head.status, head.headers["etag"], head.text]).toEqual([200, tag, ""]);
    expect((await ask(app, "HEAD /item", { headers: { "if-none-match": tag } })).status).toBe(304);
  });

  test.each(["POST /item", "GET /status", "GET /empty", "GET /stream", "GET /secret", "GET /nowhere", "POST /own"])(
    "%s is left as it is",
    async (line) => {
      const app = appOf(etag());
      const answer = await ask(app, line, { headers: { "if-none-match": "x" } });
      expect(answer.headers["etag"]).toBeUndefined();
      expect(answer.status).not.toBe(304);
    },
  );

  test("a method that changes something is carried out whatever it names", async () => {
    const app = appOf(etag());
    const tag = (await ask(app, "GET /item")).headers["etag"]!;
    const answer = await ask(app, "POST /item", { headers: { "if-none-match": tag, "if-match": '"old"' } });
    expect([answer.status, answer.headers["etag"]]).toEqual([200, undefined]);
  });

  test("a handler's own tag is taken as it is, and what caches are told is repeated", async () => {
    const app = appOf(etag());
    const headers = { etag: 'W/"own"', "cache-control": "max-age=60" };
    expect((await ask(app, "GET /own")).headers).toMatchObject(headers);
    const again = await ask(app, "GET /own", { headers: { "if-none-match": '"own"' } });
    expect([again.status, again.headers]).toEqual([304, headers]);
    expect((await ask(app, "GET /stream-tagged", { headers: { "if-none-match": '"mine"' } })).status).toBe(304);
    expect((await ask(app, "GET /stream-tagged", { headers: { "if-none-match": '"no"' } })).text).toBe("streamed");
  });

  test("If-Modified-Since counts where there is a date, and no If-None-Match", async () => {
    const app = appOf(etag());
    const since = { "if-modified-since": date };
    const held = await ask(app, "GET /dated", { headers: since });
    expect([held.status, held.headers]).toEqual([304, { "last-modified": date }]);
    const both = await ask(app, "GET /both", { headers: since });
    expect([both.status, Object.keys(both.headers)]).toEqual([304, ["etag"]]);
    expect(
      (await ask(app, "GET /dated", { headers: { "if-modified-since": "Tue, 14 Nov 2023 22:13:19 GMT" } })).status,
    ).toBe(200);
    expect((await ask(app, "GET /both", { headers: { ...since, "if-none-match": '"x"' } })).status).toBe(200);
    expect((await ask(app, "GET /item", { headers: since })).status).toBe(200);
  });

  test("a 304 has nothing that speaks of the content, and all that does not", async () => {
    const app = appOf(cors({ allowOrigins: ["*"] }), etag());
    const { status, headers, cookies } = await ask(app, "GET /rich", {
      headers: { "if-none-match": "*", origin: "https://example.com" },
    });
    expect([status, cookies]).toEqual([304, ["a=b"]]);
    expect(Object.keys(headers).toSorted()).toEqual([
      "access-control-allow-origin",
      "etag",
      "expires",
      "vary",
      "x-kept",
    ]);
  });

  test("weak tags", async () => {
    const app = appOf(etag({ weak: true }));
    const tag = (await ask(app, "GET /item")).headers["etag"]!;
    expect(tag).toMatch(/^W\/"[^"]+"$/);
    expect((await ask(app, "GET /item", { headers: { "if-none-match": tag } })).status).toBe(304);
  });

  test("files: ETags and dates are the files' own, and a part is not sent to who holds the whole", async () => {
    const path = `${folderWith({ "a.txt": "alpha" })}/a.txt`;
    const app = new App({ middleware: [etag()] });
    app.host = nodeHost;
    app.get("/", () => sendFile(path));
    const tag = (await ask(app, "GET /")).headers["etag"]!;
    expect((await ask(app, "GET /", { headers: { "if-none-match": tag } })).status).toBe(304);
    const part = { range: "bytes=0-1", "if-none-match": tag };
    expect((await ask(app, "GET /", { headers: part })).status).toBe(304);
    expect((await ask(app, "GET /", { headers: { ...part, "if-none-match": '"x"' } })).text).toBe("al");
  });
});

test.each<[string, (...inner: Middleware[]) => Middleware[]]>([
  ["outside of", () => [compression({ minimumSize: 1 }), etag()]],
  ["inside of", () => [etag(), compression({ minimumSize: 1 })]],
])("compression %s it: the tag of what was sent is known again", async (_, order) => {
  const app = appOf(...order());
  const ask = (headers: Record<string, string>): Promise<Response> =>
    app.fetch(new Request("http://testserver/item", { headers: { "accept-encoding": "gzip", ...headers } }));
  const first = await ask({});
  const tag = first.headers.get("etag")!;
  expect([first.headers.get("content-encoding"), first.headers.get("vary")]).toEqual(["gzip", "Accept-Encoding"]);
  const again = await ask({ "if-none-match": tag });
  expect([again.status, again.headers.get("etag"), again.headers.get("vary")]).toEqual([304, tag, "Accept-Encoding"]);
  expect(again.headers.get("content-encoding")).toBeNull();
});

test.each([{ weak: "yes" }, { strong: true }])("%j is no option", (options) => {
  expect(() => etag(options as never)).toThrow(/APUS_(MIDDLEWARE|OPTIONS)/);
});
