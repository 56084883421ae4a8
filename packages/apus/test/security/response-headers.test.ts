// Headers of answers: no value becomes two of them, wherever it is set and whoever carries it.
import { App, get, html, HTTPException, kind, middleware, redirect, Reply, response, text } from "apus";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

/** Values that would start another header, or end the headers, for some writer or reader. */
const splitting: readonly (readonly [string, string])[] = [
  ["a line break", "a\r\nx-evil: 1"],
  ["the end of the headers", "a\r\n\r\n<script>"],
  ["a line feed", "a\nx-evil: 1"],
  ["a carriage return", "a\rx-evil: 1"],
  ["a line break in front", "\r\nx-evil: 1"],
  ["a line break behind", "a\r\n"],
  ["NUL", "a\0x-evil: 1"],
  ["a vertical tab", "a\x0bx-evil: 1"],
  ["DEL", "a\x7f"],
  // Cut to bytes, as some writers do, these are CR and LF.
  ["letters whose last bytes are a line break", "a\u010d\u010ax-evil: 1"],
  ["a line separator", "a\u2028x-evil: 1"],
  ["half a character", "a\ud800x-evil: 1"],
  ["what Latin-1 cannot say", "a\u2603"],
];

const badNames = [
  "",
  " ",
  "x evil",
  "x-evil: 1\r\nx",
  "x\r\n",
  "x:",
  "x\0",
  "x\u00e9",
  "\u010d",
  "(x)",
  "x@",
  "x,y",
  '"x"',
];

/** Each place that takes a header from code, which may have it from a client. */
function setting(name: string, value: string, report: () => void): App {
  const app = new App({ report });
  app.get("/exception", () => {
    throw new HTTPException(400, "no", { headers: { [name]: value } });
  });
  app.get("/reply", () => html("x", { headers: { [name]: value } }));
  app.get("/raw", () => new Reply(200, [name, value], "x"));
  app.get("/list", () => text("x", { headers: { [name]: ["fine", value] } }));
  const own = kind<string>({ mediaType: "text/x", write: String, headers: () => ({ [name]: value }) });
  app.get("/kind", { as: own }, () => "x");
  app.get("/set", { input: { response } }, (given) => given.response.headers.set(name, value));
  app.get("/append", { input: { response } }, (given) => given.response.headers.append(name, value));
  const hook = middleware({ onAnswer: (answer) => answer.headers.set(name, value) });
  app.include(get("/middleware", { middleware: [hook] }, () => "x"));
  const early = middleware({ onRequest: () => text("x", { headers: { [name]: value } }) });
  app.include(get("/early", { middleware: [early] }, () => "x"));
  app.get("/alive", () => true);
  return app;
}
const places = ["exception", "reply", "raw", "list", "kind", "set", "append", "middleware", "early"];

scenarios("Response headers", (ask) => {
  test.each(splitting)("row 29: a value with %s is a reported failure, wherever it is set", async (_, value) => {
    let reported = 0;
    const app = setting("x-a", value, () => void reported++);
    for (const place of places) {
      const answer = await ask(app, `GET /${place}`);
      expect([place, answer.status, answer.text]).toEqual([place, 500, "Internal Server Error"]);
      expect([answer.headers["x-a"], answer.headers["x-evil"]]).toEqual([undefined, undefined]);
      expect((await ask(app, "GET /alive")).json()).toBe(true);
    }
    expect(reported).toBe(places.length);
  });

  test.each(badNames)("row 29: the name %j is a reported failure, wherever it is set", async (name) => {
    let reported = 0;
    const app = setting(name, "1", () => void reported++);
    for (const place of places) expect((await ask(app, `GET /${place}`)).status).toBe(500);
    expect(reported).toBe(places.length);
    expect((await ask(app, "GET /alive")).json()).toBe(true);
  });

  test("row 29: a redirect's target is percent-encoded, so that it ends where it ended", async () => {
    const app = new App();
    app.get("/to", { input: { to: z.string() } }, ({ to }) => redirect(to));
    app.get("/as", { as: redirect, input: { to: z.string() } }, ({ to }) => to);
    for (const [to, location] of [
      ["/a\r\nx-evil: 1", "/a%0D%0Ax-evil:%201"],
      ["/a\r\n\r\n<script>", "/a%0D%0A%0D%0A%3Cscript%3E"],
      ["/\u010d\u010a", "/%C4%8D%C4%8A"],
      ["/a\0b", "/a%00b"],
      // A browser takes a backslash for a slash: `/\evil.example` would be another server.
      ["/\\evil.example", "/%5Cevil.example"],
      ["/\t/evil.example", "/%09/evil.example"],
      ["/\u2028", "/%E2%80%A8"],
    ] as const) {
      for (const path of ["/to", "/as"]) {
        const answer = await ask(app, `GET ${path}?to=${encodeURIComponent(to)}`);
        expect([answer.status, answer.headers["location"], answer.headers["x-evil"]]).toEqual([
          307,
          location,
          undefined,
        ]);
      }
    }
  });

  test("row 29: no code and no middleware makes an answer longer or shorter than it is", async () => {
    const framing = { "content-length": "3", "Transfer-Encoding": "chunked" };
    const hook = middleware({
      onAnswer: (answer) => {
        for (const [name, value] of Object.entries(framing)) answer.headers.append(name, value);
      },
    });
    const app = new App();
    app.get("/exception", () => {
      throw new HTTPException(400, "no", { headers: framing });
    });
    app.get("/reply", () => text("hello world", { headers: framing }));
    app.get("/raw", () => new Reply(200, Object.entries(framing).flat(), "hello world"));
    app.get("/response", () => new Response("hello world", { headers: framing }));
    app.get("/draft", { input: { response } }, (given) => {
      for (const [name, value] of Object.entries(framing)) given.response.headers.set(name, value);
      return "hello world";
    });
    app.include(get("/middleware", { middleware: [hook] }, () => text("hello world")));
    const refused = await ask(app, "GET /exception");
    expect([refused.status, refused.json(), refused.headers["content-length"]]).toEqual([400, { detail: "no" }, "15"]);
    for (const path of ["/reply", "/raw", "/response", "/draft", "/middleware"]) {
      const answer = await ask(app, `GET ${path}`);
      expect([path, answer.status, answer.text.replaceAll('"', "")]).toEqual([path, 200, "hello world"]);
      const length = answer.headers["content-length"];
      if (length !== undefined) expect([path, length]).toEqual([path, String(answer.bytes.length)]);
    }
  });

  test("row 29: a status that would be none, or end no request, is a failure", async () => {
    let reported = 0;
    const app = new App({ report: () => void reported++ });
    const statuses = [
      0,
      99,
      100,
      101,
      199,
      600,
      999,
      1000,
      -200,
      200.5,
      Number.NaN,
      "200",
      null,
    ] as unknown as number[];
    for (const [i, status] of statuses.entries()) {
      app.get(`/reply/${i}` as "/reply", { operationId: `reply${i}` }, () => text("x", { status }));
      app.get(`/draft/${i}` as "/draft", { operationId: `draft${i}`, input: { response } }, (given) => {
        given.response.status = status;
        return "x";
      });
    }
    let failed = 0;
    for (const [i, status] of statuses.entries()) {
      for (const place of ["reply", "draft"]) {
        const answer = await ask(app, `GET /${place}/${i}`);
        // No status at all is the usual one.
        if (status === null && answer.status === 200) continue;
        expect([place, status, answer.status]).toEqual([place, status, 500]);
        failed++;
      }
    }
    expect(reported).toBe(failed);
  });
});

describe("on one connection", () => {
  test.each(splitting)(
    "row 29: %s in an answer leaves nothing on the wire, and the next answer is the next request's",
    async (_, value) => {
      const server = await serve(
        setting("x-a", value, () => {}),
        { port: 0, signals: false },
      );
      onTestFinished(() => server.close());
      const client = await wire(server);
      for (const place of places) client.send(`GET /${place} HTTP/1.1`, "Host: a", "", "");
      client.send("GET /alive HTTP/1.1", "Host: a", "Connection: close", "", "");
      const received = await client.closed;
      expect(received).not.toMatch(/x-evil|script/i);
      expect([...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => found[1])).toEqual([
        ...places.map(() => "500"),
        "200",
      ]);
    },
  );
});
