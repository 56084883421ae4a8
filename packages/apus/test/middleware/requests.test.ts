// The request as middleware sees and changes it: one body, one state, one deadline for all.
import {
  App,
  around,
  background,
  body,
  depends,
  header,
  middleware,
  path,
  post,
  request,
  response,
  router,
  signal,
  type HttpRequest,
  type Middleware,
} from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

scenarios("Requests in middleware", (ask) => {
  test("a compressed body is opened by middleware, and is an input like any other", async () => {
    const gunzip = around(async (sent, next) => {
      if (sent.headers.get("content-encoding") !== "gzip") return next();
      const opened = new Blob([new Uint8Array(await sent.bytes())])
        .stream()
        .pipeThrough(new DecompressionStream("gzip"));
      const bytes = new Uint8Array(await new Response(opened).arrayBuffer());
      sent.state["opened"] = true;
      return next(sent.with({ body: bytes, headers: { "content-encoding": null } }));
    });
    const app = new App();
    const input = { numbers: body(z.array(z.int())), request };
    app.post("/sum", { input, middleware: [gunzip] }, ({ numbers, request: sent }) => ({
      sum: numbers.reduce((sum, each) => sum + each, 0),
      opened: sent.state["opened"] ?? false,
      encoding: sent.headers.get("content-encoding"),
      length: sent.state["opened"] === true ? sent.headers.get("content-length") : null,
    }));
    const packed = new Blob(["[1, 2, 3]"]).stream().pipeThrough(new CompressionStream("gzip"));
    const headers = { "content-type": "application/json" };
    const answer = await ask(app, "POST /sum", {
      headers: { ...headers, "content-encoding": "gzip" },
      body: new Uint8Array(await new Response(packed).arrayBuffer()),
    });
    expect([answer.status, answer.json()]).toEqual([200, { sum: 6, opened: true, encoding: null, length: "9" }]);
    expect((await ask(app, "POST /sum", { headers, body: "[4]" })).json()).toEqual({
      sum: 4,
      opened: false,
      encoding: null,
      length: null,
    });
  });

  test("a changed request is the same request: id, state, background work, deadline", async () => {
    const { found, report } = reports();
    const ids: string[] = [];
    const trace: string[] = [];
    const changing = around(async (sent, next) => {
      ids.push(sent.id);
      sent.state["by"] = "middleware";
      const changed = sent.with({ headers: { "x-added": "1", "X-Twice": "2" } });
      changed.beforeBody(() => void trace.push("before body"));
      const answer = await next(changed);
      trace.push(String(sent.state["left"]), String(answer.error ?? "fine"));
      return answer;
    });
    const app = new App({ report, middleware: [changing] });
    app.post("/", { input: { request, background, sent: body(z.int()) } }, (values) => {
      ids.push(values.request.id);
      values.request.state["left"] = "by handler";
      values.background.add(() => void trace.push("work"));
      return [values.request.state["by"], values.request.headers.get("x-added"), values.request.headers.get("x-twice")];
    });
    app.get("/late", { input: { signal }, timeout: 20 }, async (values) => {
      await new Promise((resolve) => values.signal.addEventListener("abort", resolve));
    });
    expect((await ask(app, "POST /", { json: 1 })).json()).toEqual(["middleware", "1", "2"]);
    expect((await ask(app, "GET /late")).status).toBe(503);
    await ask.close(app);
    expect(trace).toEqual(["before body", "by handler", "fine", "work", "undefined", "fine"]);
    expect(ids[0]).toBe(ids[1]);
    expect(found.map(({ requestId }) => requestId)).toEqual([ids[2]]);
  });

  test("a request changed around an operation still is the operation's: its parameters, its limit, its shape", async () => {
    const changing = around((sent, next) => next(sent.with({ headers: { "x-n": "1" } })));
    const routes = {
      echo: post(
        "/echo/{id}",
        { input: { id: z.int(), n: header(z.int(), { alias: "x-n" }), sent: body(z.string()) }, bodyLimit: 5 },
        ({ id, n, sent }) => [id, n, sent],
      ),
    };
    const app = new App().include(router(routes, { middleware: [changing], errorShape: "problem" }));
    expect((await ask(app, "POST /echo/7", { json: "abc" })).json()).toEqual([7, 1, "abc"]);
    const large = await ask(app, "POST /echo/7", { json: "abcd" });
    expect([large.status, large.headers["content-type"]]).toEqual([413, "application/problem+json"]);
  });

  test("a body is read once, for middleware before and after, and for inputs", async () => {
    const seen: string[] = [];
    const reading = around(async (sent, next) => {
      seen.push(await sent.text());
      const answer = await next(sent.with({ headers: { "x-a": "1" } }));
      seen.push(await sent.text());
      return answer;
    });
    const late = around(async (sent, next) => {
      const answer = await next(sent.with({ headers: { "x-b": "1" } }));
      seen.push(await sent.text());
      return answer;
    });
    const echo = (path: string, form: Middleware) =>
      post(path, { input: { sent: body(z.unknown()), request }, middleware: [form] }, async (values) => [
        values.sent,
        await values.request.json(),
      ]);
    const app = new App().include({ before: echo("/before", reading), after: echo("/after", late) });
    expect((await ask(app, "POST /before", { json: { a: 1 } })).json()).toEqual([{ a: 1 }, { a: 1 }]);
    expect((await ask(app, "POST /after", { json: { b: 1 } })).json()).toEqual([{ b: 1 }, { b: 1 }]);
    expect(seen).toEqual(['{"a":1}', '{"a":1}', '{"b":1}']);
  });

  test("who reads first reads under the limit of where it stands; the operation's holds for its inputs all the same", async () => {
    const reading = around(async (sent, next) => {
      const length = (await sent.bytes()).byteLength;
      const answer = await next();
      answer.headers.set("x-length", String(length));
      return answer;
    });
    const app = new App({ bodyLimit: 20, middleware: [reading] });
    const input = { sent: body(z.string()) };
    app.post("/small", { input, bodyLimit: 10 }, ({ sent }) => sent.length);
    app.post("/large", { input, bodyLimit: 1000 }, ({ sent }) => sent.length);
    const sizes = async (line: string, length: number): Promise<unknown[]> => {
      const answer = await ask(app, line, { json: "x".repeat(length - 2) });
      return [answer.status, answer.json().detail ?? answer.json(), answer.headers["x-length"]];
    };
    expect(await sizes("POST /small", 10)).toEqual([200, 8, "10"]);
    expect(await sizes("POST /small", 11)).toEqual([413, "The request body is larger than 10 bytes", "11"]);
    // The App's middleware stands before any operation is known.
    expect(await sizes("POST /large", 21)).toEqual([413, "The request body is larger than 20 bytes", undefined]);
  });

  test("what middleware, dependencies and handler see of the request is one thing", async () => {
    const facts = (sent: HttpRequest): unknown => ({
      url: sent.url.href,
      path: sent.path,
      raw: sent.rawTarget,
      root: sent.rootPath,
      scheme: sent.scheme,
      method: sent.method,
      query: [...sent.query],
      cookies: { ...sent.cookies },
      link: sent.urlFor("readItem", { item_id: "a b" }).href,
      state: { ...sent.state },
    });
    const seen: unknown[] = [];
    const looking = middleware({
      onRequest(sent) {
        sent.state["n"] = 1;
        seen.push(facts(sent));
      },
      onAnswer: (_, sent) => void seen.push(sent.pathParams["item_id"]),
    });
    const dependency = depends({ request }, (values) => facts(values.request));
    const app = new App({ rootPath: "/api/v1", middleware: [looking] });
    app.get(
      "/items/{item_id}",
      { name: "readItem", input: { item_id: path(z.string()), dependency, request } },
      (values) => [values.dependency, facts(values.request), values.request.pathParams],
    );
    const headers = { host: "testserver", cookie: "a=1; b=2" };
    const answer = await ask(app, "GET /api/v1/items/x%20y?q=1&q=2", { headers });
    const expected = {
      url: "http://testserver/api/v1/items/x%20y?q=1&q=2",
      path: "/items/x y",
      raw: "/api/v1/items/x%20y?q=1&q=2",
      root: "/api/v1",
      scheme: "http",
      method: "GET",
      query: [
        ["q", "1"],
        ["q", "2"],
      ],
      cookies: { a: "1", b: "2" },
      link: "http://testserver/api/v1/items/a%20b",
      state: { n: 1 },
    };
    expect(answer.json()).toEqual([expected, expected, { item_id: "x y" }]);
    expect(seen).toEqual([expected, "x y"]);
  });

  test("cookies and headers are added to whatever was answered; what would split a header is a 500", async () => {
    const adding = middleware({
      onAnswer(answer, { headers }) {
        answer.cookies.set("seen", headers.get("x-value") ?? "yes", { httpOnly: true });
        answer.headers.vary("Cookie");
        answer.headers.set("x-value", headers.get("x-evil") === null ? "1" : "1\r\nx-evil: 1");
      },
    });
    const app = new App({ report: () => {}, middleware: [adding] });
    app.get("/", { input: { response } }, (values) => {
      values.response.cookies.set("own", "1");
      values.response.headers.set("vary", "Accept");
      return 1;
    });
    const answer = await ask(app, "GET /", { headers: { "x-value": "a;b" } });
    expect(answer.headers["vary"]).toBe("Accept, Cookie");
    expect(answer.cookies).toEqual(["own=1; Path=/; SameSite=lax", 'seen="a\\073b"; HttpOnly; Path=/; SameSite=lax']);
    const evil = await ask(app, "GET /", { headers: { "x-evil": "1" } });
    expect([evil.status, evil.headers["x-evil"], evil.cookies]).toEqual([500, undefined, []]);
  });
});
