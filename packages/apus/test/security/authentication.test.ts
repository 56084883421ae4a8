// Strangers: they are refused before their body is read and before they are told what is wrong with what they sent, and
// nobody is ever served with what belongs to somebody else.
import {
  App,
  body,
  depends,
  get,
  header,
  HTTPException,
  post,
  query,
  request,
  router,
  security,
  type Dependency,
} from "apus";
import { apiKeyHeader, httpBasic, httpBearer } from "apus/security";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate, scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const json = { "content-type": "application/json" };

const Secret = z.strictObject({ plan: z.enum(["internal-alpha", "internal-beta"]), amount: z.int().max(77) });
const inputs = { item: Secret, q: query(z.enum(["internal-gamma"])), limit: query(z.int().max(77)) };

const bearer = httpBearer();
const user = depends({ bearer }, ({ bearer: given }) => {
  if (given.credentials !== "good")
    throw new HTTPException(401, "Not authenticated", { headers: { "www-authenticate": "Bearer" } });
  return given.credentials;
});
const plain = depends({ authorization: header(z.string().optional()) }, ({ authorization }) => {
  if (authorization !== "Bearer good")
    throw new HTTPException(401, "Not authenticated", { headers: { "www-authenticate": "Bearer" } });
});
const asking = depends({ request }, ({ request: asked }) => {
  if (asked.headers.get("authorization") !== "Bearer good") throw new HTTPException(401, "Not authenticated");
});
/** A dependency that wants the body, and in front of it a guard. */
const behind = depends({ item: body(Secret) }, ({ item }) => item, { dependencies: [plain] });

/** An app for each way to put something in front of an operation. */
const ways: Record<string, (handler: () => unknown) => App> = {
  "a scheme among the inputs": (run) => new App().include(post("/", { input: { ...inputs, bearer } }, run)),
  "what stands on a scheme, among the inputs": (run) =>
    new App().include(post("/", { input: { ...inputs, user } }, run)),
  "scopes among the inputs": (run) => {
    const scoped = depends({ user, request }, ({ user: name }) => name);
    return new App().include(post("/", { input: { ...inputs, scoped } }, run));
  },
  "a guard of the operation": (run) => new App().include(post("/", { dependencies: [plain], input: inputs }, run)),
  "a guard of the router": (run) =>
    new App().include(router({ add: post("/", { input: inputs }, run) }, { dependencies: [plain] })),
  "a guard of the App": (run) => new App({ dependencies: [plain] }).include(post("/", { input: inputs }, run)),
  "a guard that asks the request": (run) =>
    new App({ dependencies: [asking] }).include(post("/", { input: inputs }, run)),
  "a guard of a dependency": (run) => new App().include(post("/", { input: { ...inputs, behind } }, run)),
};

scenarios("Strangers", (ask) => {
  test.each(Object.entries(ways))("row 27: are told nothing, whatever they send: %s", async (name, make) => {
    let ran = 0;
    const app = make(() => ++ran);
    const good = '{"plan":"internal-alpha","amount":1}';
    const query = "?q=internal-gamma&limit=1";
    const first = await ask(app, `POST /${query}`, { body: good, headers: json });
    expect(first.status).toBe(401);
    for (const [target, content, headers] of [
      [`/${query}`, "{", json],
      [`/${query}`, '{"plan":"x","amount":99,"more":1}', json],
      [`/${query}`, "", json],
      [`/${query}`, "plan=x", { "content-type": "application/x-www-form-urlencoded" }],
      [`/${query}`, good, { "content-type": "text/plain" }],
      [`/${query}`, `"${"x".repeat(2 * 1024 * 1024)}"`, json],
      [`/${query}`, "[".repeat(5000), json],
      [`/${query}`, new Uint8Array([0xff, 0xfe]), json],
      ["/", good, json],
      ["/?q=x&limit=99&limit=y", "{", json],
      ["/", "{", { ...json, authorization: "Basic Z29vZA==" }],
      ["/", "{", { ...json, authorization: "" }],
    ] as const) {
      const answer = await ask(app, `POST ${target}`, { body: content, headers });
      // Not only the status: not one byte tells what would have been wrong.
      expect([answer.status, answer.text]).toEqual([401, first.text]);
    }
    if (name !== "a scheme among the inputs") {
      const bad = await ask(app, "POST /", { body: "{", headers: { ...json, authorization: "Bearer bad" } });
      expect([bad.status, bad.text]).toEqual([401, first.text]);
    }
    expect(ran).toBe(0);
    const headers = { ...json, authorization: "Bearer good" };
    const told = await ask(app, "POST /?q=x&limit=99", { body: '{"plan":"x"}', headers });
    expect(told.status).toBe(422);
    expect(told.text).toContain("internal-gamma");
    expect((await ask(app, `POST /${query}`, { body: good, headers })).status).toBe(200);
    expect(ran).toBe(1);
  });

  test("row 27: missing scopes are refused before the body, as missing credentials are", async () => {
    let ran = 0;
    const key = apiKeyHeader({ name: "x-key" });
    const scoped = depends({ key }, ({ key: value }) => {
      if (value !== "admin") throw new HTTPException(403);
    });
    const app = new App().include(post("/", { input: { scoped, item: Secret } }, () => ++ran));
    for (const content of ["{", '{"plan":"x"}', `"${"x".repeat(2 * 1024 * 1024)}"`]) {
      expect((await ask(app, "POST /", { body: content, headers: json })).status).toBe(401);
      expect((await ask(app, "POST /", { body: content, headers: { ...json, "x-key": "reader" } })).status).toBe(403);
    }
    expect(ran).toBe(0);
    expect((await ask(app, "POST /", { body: "{", headers: { ...json, "x-key": "admin" } })).status).toBe(422);
  });

  test("row 27: a guard that refuses keeps what follows it from running at all", async () => {
    const ran: string[] = [];
    const app = new App();
    const spend = depends(() => ran.push("spend"));
    const enter = depends(function* () {
      ran.push("enter");
      yield 1;
    });
    app.post("/", { dependencies: [plain, spend], input: { enter, item: Secret } }, () => ran.push("handler"));
    expect((await ask(app, "POST /", { body: "{", headers: json })).status).toBe(401);
    expect(ran).toEqual([]);
  });

  test("row 28: what is made for a request is made for each, however it is wrapped", async () => {
    let made = 0;
    const own = depends({ who: header(z.string()) }, ({ who }) => ({ who, number: ++made }));
    // Nothing here says how long it lives: it may not live longer than what it uses.
    const wrapped = depends({ own }, ({ own: value }) => value);
    const record = depends({ own, wrapped });
    const later = depends({ record }, async ({ record: value }) => value);
    const held = depends({ later }, function* ({ later: value }) {
      yield value;
    });
    const uncached = depends({ own }, ({ own: value }) => ({ ...value }), { cache: false });
    const all = { own, wrapped, record, later, held, uncached };
    const app = new App();
    app.get("/one", { input: all }, (values) => values.held.wrapped.who);
    app.get("/two", { dependencies: [held], input: { later } }, (values) => values.later.own.who);
    for (const [i, who] of ["ada", "bob", "ada", "eve"].entries()) {
      const path = i % 2 === 0 ? "/one" : "/two";
      expect((await ask(app, `GET ${path}`, { headers: { who } })).json()).toBe(who);
      expect(made).toBe(i + 1);
    }
  });

  test("row 28: a hundred requests at once, let through in any order, are each served with their own", async () => {
    const count = 100;
    const gates = Array.from({ length: count }, () => gate());
    const arrived = gate();
    let waiting = 0;
    const session = depends({ who: header(z.int()) }, async function* ({ who }) {
      if (++waiting === count) arrived.open();
      await gates[who]!.opened;
      yield { who };
    });
    const current = depends({ session, request }, async ({ session: own, request: asked }) => {
      asked.state["who"] = own.who;
      return own;
    });
    const app = new App();
    app.get("/{id}", { input: { id: z.int(), current, session, request } }, async (values) => {
      await Promise.resolve();
      return [values.id, values.current.who, values.session.who, values.request.state["who"]];
    });
    const answers = Array.from({ length: count }, (_, i) => ask(app, `GET /${i}`, { headers: { who: String(i) } }));
    await arrived.opened;
    // Every seventh, round and round: an order that is not the one they came in.
    for (let i = 0; i < count; i++) gates[(i * 7) % count]!.open();
    for (const [i, answer] of (await Promise.all(answers)).entries()) expect(answer.json()).toEqual([i, i, i, i]);
  });
});

describe("row 28", () => {
  const perRequest: Record<string, Dependency> = {
    "an input": depends({ who: header(z.string()) }, ({ who }) => who),
    "the request": request,
    "a scheme": httpBasic(),
    "a generator of its own": depends(function* () {
      yield 1;
    }),
    "something that uses one of them": depends({ request }, () => 1),
    "something that says so": depends(() => 1, { scope: "request" }),
  };

  test.each(Object.entries(perRequest))("row 28: what lives as long as the app cannot use %s", async (_, used) => {
    // The types refuse it too; a program in JavaScript has none.
    const declare = depends as unknown as (input: object, run: () => unknown, options?: object) => Dependency;
    const asInput = declare({ used }, () => 1, { scope: "app" });
    const asGuard = depends(() => 1, { scope: "app", dependencies: [used] });
    const between = declare({ middle: declare({ used }, () => 1) }, () => 1, { scope: "app" });
    for (const singleton of [asInput, asGuard, between]) {
      const app = new App().include(get("/", { input: { singleton } }, () => 1));
      await expect(app.startup()).rejects.toThrow(/^APUS_SCOPE: /);
    }
  });

  test("row 28: an override that needs the request does not get into what lives as long as the app", async () => {
    const settings = depends(() => "settings", { scope: "app" });
    const pool = depends({ settings }, ({ settings: value }) => value, { scope: "app" });
    const app = new App().include(get("/", { input: { pool } }, ({ pool: value }) => value));
    const fake = depends({ who: header(z.string()) }, ({ who }) => who) as unknown as typeof settings;
    await expect(app.with({ overrides: [[settings, fake]] }).startup()).rejects.toThrow(/^APUS_SCOPE: /);
  });

  test("row 28: two apps that share a declaration do not share its value", async () => {
    let opened = 0;
    const pool = depends(() => ++opened, { scope: "app" });
    const shared = get("/", { input: { pool } }, ({ pool: value }) => value);
    const apps = [new App().include(shared), new App().include(shared)];
    apps.push(apps[0]!.with({}));
    const ask = async (app: App): Promise<unknown> => (await app.fetch(new Request("http://testserver/"))).json();
    expect([await ask(apps[0]!), await ask(apps[1]!), await ask(apps[2]!), await ask(apps[0]!)]).toEqual([1, 2, 3, 1]);
  });
});

describe("on the wire", () => {
  const app = new App();
  app.post("/", { dependencies: [plain], input: { item: body(z.unknown()) } }, () => "handled");
  const head = ["POST / HTTP/1.1", "Host: a", "Content-Type: application/json"];

  test("row 27: a stranger is not asked for a body; who may send one is", async () => {
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const stranger = await wire(server);
    stranger.send(...head, "Content-Length: 2", "Expect: 100-continue", "Connection: close", "", "");
    expect(statuses(await stranger.closed)).toEqual([401]);
    const known = await wire(server);
    known.send(...head, "Content-Length: 2", "Expect: 100-continue", "Authorization: Bearer good", "", "");
    await known.until(/100 Continue\r\n\r\n$/);
    known.send("{}");
    await known.until(/200 OK[^]*"handled"/);
    // Nor is anybody asked for what is too much.
    const large = await wire(server);
    large.send(...head, "Content-Length: 9999999", "Expect: 100-continue", "Authorization: Bearer good", "", "");
    await large.until(/ 413 /);
    expect(statuses(large.received())).toEqual([413]);
  });

  test("row 27: a stranger is answered while the body is still to come, and what comes is no request", async () => {
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const client = await wire(server);
    client.send(...head, "Transfer-Encoding: chunked", "", "");
    await client.until(/401 Unauthorized[^]*connection: close/i);
    client.send("0", "", "POST / HTTP/1.1", "Host: a", "Authorization: Bearer good", "Content-Length: 2", "", "{}");
    expect(statuses(await client.closed)).toEqual([401]);
  });

  test("row 27: a stranger's body is not touched", async () => {
    let pulled = 0;
    for (const make of Object.values(ways)) {
      const stream = new ReadableStream<Uint8Array>({ pull: () => void pulled++ }, { highWaterMark: 0 });
      const init = { method: "POST", body: stream, headers: json, duplex: "half" } as RequestInit;
      const asked = new Request("http://testserver/", init);
      expect((await make(() => 1).fetch(asked)).status).toBe(401);
      expect(asked.bodyUsed).toBe(false);
    }
    expect(pulled).toBe(0);
  });
});

test("row 27: what scopes stand for is asked before the body, wherever security() stands", async () => {
  const app = new App();
  const scoped = security(user, []);
  app.post("/", { input: { scoped, item: Secret } }, () => 1);
  const started = app.startup();
  // Scopes that nobody would check stop the start instead of letting everybody in.
  await expect(started).rejects.toThrow(/^APUS_SECURITY/);
});
