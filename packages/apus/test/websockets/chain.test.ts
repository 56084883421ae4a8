// What stands around requests stands around handshakes too: middleware, sessions, security schemes, the check of the origin.
import { App, around, depends, middleware, requiredScopes, router, security, socket, type SocketLimits } from "apus";
import {
  compression,
  cors,
  csrf,
  etag,
  requestId,
  securityHeaders,
  session,
  sessions,
  timing,
  trustedHosts,
} from "apus/middleware";
import { apiKeyCookie, apiKeyHeader, apiKeyQuery, httpBasic, httpBearer, oauth2Password } from "apus/security";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { bothWays, deferred, failure, refused, serving } from "./both.ts";

bothWays("A handshake", (connect) => {
  test("is seen by middleware as a request, and its 101 as the answer", async () => {
    const lines: string[] = [];
    const app = new App({
      middleware: [
        middleware({
          onRequest: ({ method, path }) => void lines.push(`${method} ${path}`),
          onAnswer: (answer) => {
            lines.push(`answer ${answer.status}`);
            answer.headers.set("x-outer", "1");
          },
        }),
        around(async (_, next) => {
          const answer = await next();
          lines.push(`around ${answer.status}`);
          return answer;
        }),
        securityHeaders(),
        cors({ allowOrigins: ["*"] }),
      ],
    });
    const inner = middleware({ onAnswer: ({ headers }) => headers.set("x-inner", "2") });
    app.include(router({ ws: socket("/ws", { middleware: [inner] }, async (_, ws) => ws.sendText("a")) }));
    const client = await connect(app, "/ws");
    expect(lines).toEqual(["GET /ws", "around 101", "answer 101"]);
    expect(client.headers).toMatchObject({ "x-outer": "1", "x-inner": "2", "x-content-type-options": "nosniff" });
    expect(await client.next()).toBe("a");
    expect((await refused(connect(app, "/other"))).status).toBe(404);
    expect(lines.slice(3)).toEqual(["GET /other", "around 404", "answer 404"]);
  });

  const refusing = (): Response => new Response("no", { status: 429 });
  test("is refused by a middleware before anything else runs", async () => {
    let ran = 0;
    const app = serving(() => void ran++, { middleware: [middleware({ onRequest: refusing })] });
    expect(await refused(connect(app, "/ws"))).toEqual({ status: 429, body: "no" });
    expect(ran).toBe(0);
  });

  test("is refused by a middleware in place of the 101: the handler's accept is told that nobody is there", async () => {
    const told = deferred<string>();
    const refuses = around(async (_, next) => {
      await next();
      return refusing();
    });
    const app = serving(async (ws) => told.resolve(await failure(() => ws.accept())), { middleware: [refuses] });
    expect(await refused(connect(app, "/ws"))).toEqual({ status: 429, body: "no" });
    expect(await told.promise).toBe("WebSocketDisconnect 1006");
  });

  test("to a host that is not trusted is refused", async () => {
    const app = serving((ws) => ws.sendText("a"), { middleware: [trustedHosts({ allowedHosts: ["example.com"] })] });
    expect((await refused(connect(app, "/ws"))).status).toBe(400);
    const client = await connect(app, "/ws", { headers: { host: "example.com" } });
    expect(await client.next()).toBe("a");
  });

  test("passes all ready-made middleware", async () => {
    const app = new App({
      middleware: [
        requestId(),
        cors({ allowOrigins: ["https://a.example"] }),
        trustedHosts({ allowedHosts: ["*"] }),
        compression({ minimumSize: 0 }),
        csrf(),
        sessions({ secretKey: "x".repeat(32) }),
        securityHeaders(),
        timing(),
        etag(),
      ],
    });
    app.socket("/ws", (ws) => ws.sendText("a"));
    const client = await connect(app, "/ws");
    expect(client.headers["x-request-id"]).toBeDefined();
    expect(await client.next()).toBe("a");
    expect(await client.next()).toEqual({ code: 1000, reason: "" });
  });

  test.each([
    ["https", "https://example.com", true],
    ["https", "http://example.com", false],
    ["http", "https://example.com", true],
    ["http", "http://example.com", true],
  ])("that came over %s, by the word of a trusted proxy, from a page at %s", async (scheme, origin, letIn) => {
    const app = serving((ws) => ws.sendText("a"), { trustedProxies: 1 });
    const headers = { host: "example.com", origin, "x-forwarded-proto": scheme, "x-forwarded-for": "203.0.113.7" };
    const connecting = connect(app, "/ws", { headers });
    if (letIn) expect(await (await connecting).next()).toBe("a");
    else expect((await refused(connecting)).status).toBe(403);
  });

  // A page says its origin, whatever its script wants.
  const page = (origin: string, host = "api.example.com:8000"): { headers: Record<string, string> } => ({
    headers: { origin, host },
  });
  const own = ["http://api.example.com:8000", "https://api.example.com:8000"];
  const foreign = [
    "http://api.example.com",
    "https://api.example.com",
    "http://example.com:8000",
    "http://api.example.com:8001",
    "http://api.example.com:8000.evil.example",
    "http://evil.example",
    "http://api.example.com:8000@evil.example",
    "http://evil.example#http://api.example.com:8000",
    "http://API.example.com:8000",
    "http://api.example.com:8000/",
    "file://api.example.com:8000",
    "chrome-extension://abcdef",
    "null",
    "",
    "*",
    `http://${"a".repeat(600)}`,
  ];
  test.each(own)("of a page of the same host is let in: %s", async (origin) => {
    const client = await connect(
      serving((ws) => ws.sendText("a")),
      "/ws",
      page(origin),
    );
    expect(await client.next()).toBe("a");
  });
  test.each(foreign)("of a page of another host is refused before anything runs: %s", async (origin) => {
    let ran = 0;
    const app = new App();
    app.socket("/ws", { dependencies: [depends(() => void ran++)] }, () => void ran++);
    const { status, body } = await refused(connect(app, "/ws", page(origin)));
    expect([status, body]).toEqual([
      403,
      '{"detail":"Pages of this origin may not connect; the server lists others in `origins`"}',
    ]);
    expect(ran).toBe(0);
  });

  test.each<[SocketLimits["origins"], string, boolean]>([
    [["https://shop.example"], "https://shop.example", true],
    [["https://shop.example"], "https://shop.example:8443", false],
    [["https://shop.example"], "http://api.example.com:8000", true],
    [["*"], "https://anybody.example", true],
    [["*"], "null", true],
    [["null"], "null", true],
    [[/https:\/\/[\w-]+\.shop\.example/], "https://a-b.shop.example", true],
    [[/https:\/\/[\w-]+\.shop\.example/], "https://a.shop.example.evil.example", false],
    [[], "https://shop.example", false],
  ])("with `origins` %s: %s", async (origins, origin, letIn) => {
    const app = new App({ sockets: { origins } });
    app.socket("/ws", (ws) => ws.sendText("a"));
    const connecting = connect(app, "/ws", page(origin));
    if (letIn) expect(await (await connecting).next()).toBe("a");
    else expect((await refused(connecting)).status).toBe(403);
  });

  test.each([
    ["httpBearer", httpBearer(), { authorization: "Bearer a" }, "", 401],
    ["httpBasic", httpBasic(), { authorization: `Basic ${btoa("a:b")}` }, "", 401],
    ["oauth2Password", oauth2Password({ tokenUrl: "token" }), { authorization: "Bearer a" }, "", 401],
    ["apiKeyHeader", apiKeyHeader({ name: "X-Key" }), { "x-key": "a" }, "", 401],
    ["apiKeyCookie", apiKeyCookie({ name: "key" }), { cookie: "key=a" }, "", 401],
    ["apiKeyQuery", apiKeyQuery({ name: "key" }), {}, "?key=a", 401],
  ] as const)("without credentials is answered as a request is: %s", async (_, scheme, headers, query, status) => {
    const app = new App();
    app.socket("/ws", { input: { scheme } }, async (values, ws) => ws.sendJson(values.scheme));
    app.get("/http", { input: { scheme } }, (values) => values.scheme);
    const answer = await testClient(app).get("/http");
    expect(await refused(connect(app, "/ws"))).toEqual({ status: answer.status, body: answer.text });
    expect(answer.status).toBe(status);
    const client = await connect(app, `/ws${query}`, { headers });
    expect(JSON.parse(String(await client.next()))).toEqual(
      (await testClient(app).get(`/http${query}`, { headers })).json(),
    );
  });

  test("scopes are asked for on the way to a socket", async () => {
    const bearer = httpBearer();
    const user = depends({ bearer, requiredScopes }, (values) => values.requiredScopes.list);
    const app = new App();
    app.socket("/ws", { input: { user: security(user, ["chat"]) } }, async (values, ws) => ws.sendJson(values.user));
    const client = await connect(app, "/ws", { headers: { authorization: "Bearer a" } });
    expect(await client.next()).toBe('["chat"]');
  });
});

describe("Sessions", () => {
  test("are read and written by a handshake", async () => {
    const app = new App({ middleware: [sessions({ secretKey: "x".repeat(32) })] });
    app.socket("/ws", { input: { session } }, async (values, ws) => {
      const visits = Number(values.session.get("visits") ?? 0) + 1;
      values.session.set("visits", visits);
      await ws.sendJson(visits);
    });
    const client = testClient(app, { baseUrl: "https://testserver" });
    for (const visits of [1, 2]) {
      const ws = await client.websocket("/ws");
      expect(await ws.receiveJson()).toBe(visits);
      await ws.close();
    }
  });
});
