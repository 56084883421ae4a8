// What `apus routes` shows of apps whose names were chosen to mislead, and of apps in apps.
import { App, depends, get, middleware, post, socket } from "apus";
import { httpBearer } from "apus/security";
import { expect, test } from "vitest";
import { z } from "zod";
import { operationsIn, planText, routesTable } from "./routes-text.ts";

const forged = "photos\nGET      /admin  admin  \u001b[2J\u202e\u009b1A";

test("a name is one cell of one row, and moves nothing", () => {
  const guard = depends({}, () => 1, { name: forged });
  const read = get(
    "/items",
    {
      name: "read",
      tags: [forged],
      dependencies: [guard],
      middleware: [middleware({ onAnswer() {} }, forged)],
      summary: forged,
    },
    () => 1,
  );
  const described = new App().include({ read }).describe({ code: true });
  const shown = "photos\\nGET      /admin  admin  \\x1b[2J\\u202e\\x9b1A";
  const table = routesTable(described);
  expect(table.split("\n")).toHaveLength(3);
  expect(table).toContain(`read  ${shown}  ${shown}`);
  const plan = planText(described.operations[0]!);
  expect(plan.split("\n").filter((line) => line.includes("/admin")).length).toBeGreaterThan(3);
  expect(plan).not.toMatch(/^GET {6}\/admin/m);
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  for (const text of [table, plan]) expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test("columns are aligned behind wide letters", () => {
  const app = new App().include({
    a: get("/a", { name: "a", tags: ["東京"], deprecated: true }, () => 1),
    b: get("/b", { name: "b", tags: ["abcd"], deprecated: true }, () => 1),
  });
  expect(routesTable(app.describe())).toBe(
    [
      "METHODS  PATH  ID  TAGS  FLAGS",
      "GET      /a    a   東京  deprecated",
      "GET      /b    b   abcd  deprecated",
      "",
    ].join("\n"),
  );
});

const staff = depends({}, function staff() {});
const root = depends({}, function root() {});
const tenant = depends({}, function tenant() {});
const keys = new App().include({
  rotate: get("/rotate/{id}", { input: { id: z.int() }, dependencies: [tenant] }, () => 1),
});
const admin = new App().include({
  users: get("/", () => []),
  audit: get("/audit", { includeInSchema: false }, () => []),
});
admin.mount("/keys", keys, { dependencies: [root] });
admin.mount("/legacy", { fetch: () => new Response() });
const whole = new App().include({ home: get("/", () => 1) });
whole.mount("/admin", admin, { dependencies: [httpBearer(), staff] });
whole.mount("/", new App().include({ page: get("/page", () => 1) }));

test("what is mounted is listed with what guards it", () => {
  expect(routesTable(whole.describe())).toBe(
    [
      "METHODS  PATH                     ID      GUARDS                           FLAGS",
      "GET      /                        home",
      "ANY      /admin                           HTTPBearer, staff                mount",
      "GET      /admin/                  users   HTTPBearer, staff",
      "GET      /admin/audit             audit   HTTPBearer, staff                hidden",
      "ANY      /admin/keys                      HTTPBearer, staff, root          mount",
      "GET      /admin/keys/rotate/{id}  rotate  HTTPBearer, staff, root, tenant",
      "ANY      /admin/legacy                    HTTPBearer, staff                mount",
      "ANY      /                                                                 mount",
      "GET      /page                    page",
      "",
    ].join("\n"),
  );
});

test("the same as data, and each path leads there", async () => {
  const { mounts } = whole.describe();
  expect(mounts).toMatchObject([
    {
      prefix: "/admin",
      kind: "app",
      guards: ["HTTPBearer", "staff"],
      security: [{ anyOf: ["HTTPBearer"], optional: false, scopes: [] }],
      operations: [
        { id: "users", path: "/admin/" },
        { id: "audit", path: "/admin/audit" },
      ],
      mounts: [
        {
          prefix: "/admin/keys",
          kind: "app",
          guards: ["root"],
          operations: [{ path: "/admin/keys/rotate/{id}" }],
          sockets: [],
          mounts: [],
        },
        { prefix: "/admin/legacy", kind: "handler", guards: [], security: [], operations: [], sockets: [], mounts: [] },
      ],
    },
    { prefix: "/", kind: "app", guards: [], operations: [{ path: "/page" }] },
  ]);
  const headers = { authorization: "Bearer a" };
  for (const { path } of operationsIn(whole.describe())) {
    const url = `http://a${path.replace("{id}", "1")}`;
    expect([path, (await whole.fetch(new Request(url, { headers }))).status]).toEqual([path, 200]);
  }
  expect(JSON.parse(JSON.stringify(mounts))).toEqual(mounts);
});

test("an App at the root of a mounted one has its prefix alone", () => {
  const outer = new App().mount("/shop", new App().mount("/", keys));
  expect(outer.describe().mounts[0]!.mounts[0]).toMatchObject({
    prefix: "/shop",
    operations: [{ path: "/shop/rotate/{id}" }],
  });
});

test("callbacks and webhooks are among the data", () => {
  const paid = post("{$request.body#/callbackUrl}", { summary: "Told of a payment" });
  const pay = post("/pay", { callbacks: { paid } }, () => 1);
  const app = new App({ webhooks: { renewed: post("renewed", {}) } }).include({ pay });
  const { operations, webhooks } = app.describe();
  expect(operations[0]!.callbacks).toEqual([
    {
      id: "pay_paid",
      name: "paid",
      methods: ["POST"],
      path: "{$request.body#/callbackUrl}",
      summary: "Told of a payment",
    },
  ]);
  expect(webhooks).toMatchObject([{ name: "renewed", methods: ["POST"], path: "renewed" }]);
});

test("sockets stand behind the operations, those of mounted apps too", () => {
  const inner = new App().include({
    talk: socket("/talk/{room}", { input: { room: z.string() }, tags: ["chat"] }, () => 1),
  });
  const app = new App()
    .include({ ws: socket("/ws", { receive: z.int(), subprotocols: ["v1"] }, () => 1) })
    .mount("/in", inner);
  app.get("/", () => 1);
  const described = app.describe();
  expect(
    routesTable(described)
      .split("\n")
      .map((line) => line.split(/ {2,}/).slice(0, 3).join(" ")),
  ).toEqual([
    "METHODS PATH ID",
    "GET / get",
    "WEBSOCKET /ws ws",
    "ANY /in mount",
    "WEBSOCKET /in/talk/{room} talk",
    "",
  ]);
  expect(described.sockets).toMatchObject([
    { receive: "int", send: null, subprotocols: ["v1"], limits: { maxMessageSize: 1_048_576, timeout: 60_000 } },
  ]);
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
});
