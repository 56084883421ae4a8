// Answers a handler makes itself: the kinds of reply, their headers, and web Responses.
import { App, html, json, kind, redirect, text } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

const csv = kind<readonly (readonly string[])[]>({
  mediaType: "text/csv",
  status: 203,
  write: (rows) => rows.map((row) => row.join(",")).join("\n"),
  headers: () => ({ "Content-Disposition": "attachment" }),
});
const bytes = kind<Uint8Array>({ mediaType: "application/octet-stream", write: (value) => value });

scenarios("Replies", (ask) => {
  test("html, text, json and one's own kind as `as:`", async () => {
    const app = new App();
    app.get("/html", { as: html }, () => "<p>ü</p>");
    app.get("/text", { as: text }, async () => "hi");
    app.get("/json", { as: json }, () => ({ at: new Date(0) }));
    app.get("/csv", { as: csv }, () => [["a", "b"], ["c"]]);
    app.get("/bytes", { as: bytes }, () => Uint8Array.of(0, 255, 10));
    const page = await ask(app, "GET /html");
    expect([page.status, page.text]).toEqual([200, "<p>ü</p>"]);
    expect(page.headers).toMatchObject({ "content-type": "text/html; charset=utf-8", "content-length": "9" });
    expect((await ask(app, "GET /text")).headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect((await ask(app, "GET /json")).text).toBe('{"at":"1970-01-01T00:00:00+00:00"}');
    const table = await ask(app, "GET /csv");
    expect([table.status, table.text]).toEqual([203, "a,b\nc"]);
    expect(table.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": "attachment",
    });
    expect([...(await ask(app, "GET /bytes")).bytes]).toEqual([0, 255, 10]);
  });

  test("a reply as a value has its own status and headers, and skips output", async () => {
    const app = new App();
    app.get("/", { output: z.object({ a: z.int() }), status: 202 }, () =>
      json({ other: true }, { status: 418, headers: { "X-One": "1", "x-two": ["a", "b"] } }),
    );
    app.get("/plain", { status: 202 }, () => text("accepted"));
    app.get("/typed", () => text("{}", { headers: { "content-type": "application/custom" } }));
    app.get("/cookies", () => text("", { headers: { "set-cookie": ["a=1; Path=/", "b=2, 3"] } }));
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text]).toEqual([418, '{"other":true}']);
    expect(answer.headers).toMatchObject({ "x-one": "1", "x-two": "a, b", "content-type": "application/json" });
    expect((await ask(app, "GET /plain")).status).toBe(202);
    expect((await ask(app, "GET /typed")).headers["content-type"]).toBe("application/custom");
    expect((await ask(app, "GET /cookies")).cookies).toEqual(["a=1; Path=/", "b=2, 3"]);
  });

  test("redirect percent-encodes what a header cannot hold and never splits it", async () => {
    const app = new App();
    app.get("/go", { input: { to: z.string() } }, ({ to }) => redirect(to));
    app.get("/see", { as: redirect, status: 303 }, () => "/other");
    const go = await ask(app, `GET /go?to=${encodeURIComponent("/ü b?q=[1]&x=%20")}`);
    expect([go.status, go.headers["location"], go.text]).toEqual([307, "/%C3%BC%20b?q=[1]&x=%20", ""]);
    const split = await ask(app, `GET /go?to=${encodeURIComponent("/a\r\nset-cookie: x=1")}`);
    expect(split.headers["location"]).toBe("/a%0D%0Aset-cookie:%20x=1");
    expect(split.cookies).toEqual([]);
    expect((await ask(app, "GET /see")).headers["location"]).toBe("/other");
  });

  test.each(["a\r\nx-evil: 1", "a\nb", "a\0b", "snow ☃"])(
    "a header value %j is refused: a reported 500",
    async (value) => {
      const { found, report } = reports();
      const app = new App({ report });
      app.get("/", () => text("", { headers: { "x-name": value } }));
      const answer = await ask(app, "GET /");
      expect([answer.status, answer.headers["x-name"], answer.headers["x-evil"]]).toEqual([500, undefined, undefined]);
      expect(String(found[0]?.error)).toMatch(/APUS_HEADER/);
    },
  );

  test("a web Response with a control character in a header is a reported 500 and no broken connection", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", () => new Response("", { headers: { "x-name": "\u0001" } }));
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(String(found[0]?.error)).toMatch(/APUS_HEADER/);
  });

  test("a header name that is none is refused as well", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", () => text("", { headers: { "x y": "1" } }));
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(String(found[0]?.error)).toMatch(/APUS_HEADER/);
  });

  test("Content-Length is the adapter's: what a reply claims about it is left out", async () => {
    const app = new App();
    app.get("/", () => text("four", { headers: { "content-length": "1", "transfer-encoding": "chunked" } }));
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text, answer.headers["content-length"]]).toEqual([200, "four", "4"]);
  });

  test.each([0, 100, 199, 600, 999, 200.5, Number.NaN])("a reply of status %d is a reported 500", async (status) => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", () => text("", { status }));
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(String(found[0]?.error)).toMatch(/APUS_STATUS/);
  });
});

scenarios("Web Responses", (ask) => {
  test("status, headers, several Set-Cookie lines and the body are sent as they are; output does not concern it", async () => {
    const app = new App();
    app.get("/", { output: z.object({ a: z.int() }) }, () => {
      const response = new Response("ü", { status: 299, headers: { "x-one": "1" } });
      response.headers.append("set-cookie", "a=1");
      response.headers.append("set-cookie", "b=2");
      return response;
    });
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text, answer.cookies]).toEqual([299, "ü", ["a=1", "b=2"]]);
    expect(answer.headers).toMatchObject({ "x-one": "1", "content-type": "text/plain;charset=UTF-8" });
  });

  test("a stream arrives whole; HEAD gets its headers alone and the stream is cancelled", async () => {
    const app = new App();
    let cancelled = 0;
    app.get("/", () => {
      const parts = ["one ", "two ", "ü"];
      const stream = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            const next = parts.shift();
            if (next === undefined) controller.close();
            else controller.enqueue(new TextEncoder().encode(next));
          },
          cancel() {
            cancelled++;
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(stream, { headers: { "content-type": "text/plain" } });
    });
    expect((await ask(app, "GET /")).text).toBe("one two ü");
    expect(cancelled).toBe(0);
    const head = await ask(app, "HEAD /");
    expect([head.status, head.text, head.headers["content-type"]]).toEqual([200, "", "text/plain"]);
    expect(cancelled).toBe(1);
  });

  test("no body and 204 are what they say", async () => {
    const app = new App();
    app.get("/none", () => new Response(null, { status: 204, headers: { "x-a": "1" } }));
    app.get("/empty", () => new Response(null));
    expect((await ask(app, "GET /none")).headers["x-a"]).toBe("1");
    expect((await ask(app, "GET /empty")).text).toBe("");
  });

  test("a Response that was used before, or Response.error(), is a reported 500 and not a broken connection", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    const once = new Response("once");
    app.get("/once", () => once);
    app.get("/error", () => Response.error());
    expect((await ask(app, "GET /once")).text).toBe("once");
    expect((await ask(app, "GET /once")).status).toBe(500);
    expect((await ask(app, "GET /error")).status).toBe(500);
    expect(found.map(({ error }) => /APUS_\w+/.exec(String(error))?.[0])).toEqual(["APUS_RESPONSE", "APUS_RESPONSE"]);
  });
});
