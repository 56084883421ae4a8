// One path for everybody: whatever a target looks like, the guard, the handler, the middleware and the report see the same
// path, and no spelling of it, and no Host, leads anywhere else.
import { around, App, connection, depends, get, HTTPException, request, router } from "apus";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { reports, scenarios, type Ask } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

/** Spellings of `/admin/users` that some router or guard once took for another path, or some other path for it. */
const spellings = [
  "/admin/users",
  "/%61dmin/users",
  "/%61%64%6d%69%6e/%75sers",
  "/admin%2fusers",
  "/admin%2Fusers",
  "/admin%252fusers",
  "/admin%5cusers",
  "/admin%5Cusers",
  "//admin/users",
  "///admin///users",
  "/admin//users",
  "/./admin/users",
  "/%2e/admin/users",
  "/x/../admin/users",
  "/x/%2e%2e/admin/users",
  "/x/.%2E/admin/users",
  "/x/%252e%252e/admin/users",
  "/x/..%2fadmin/users",
  "/x/..%5cadmin/users",
  "/x/..;/admin/users",
  "/admin;/users",
  "/admin;a=b/users",
  "/admin/users;",
  "/;/admin/users",
  "/admin/users/",
  "/admin/users//",
  "/admin/users/.",
  "/admin/users/..",
  "/admin/users/%2e",
  "/admin/users%20",
  "/admin/users%00",
  "/admin/users%09",
  "/admin/users%0a",
  "/admin/users.json",
  "/ADMIN/users",
  "/Admin/Users",
  "/admin/use%72s?x=/public",
  "/admin/users?/public",
  "/admin/users%3f",
  "/admin/users%23",
  "/public/../admin/users",
  "/public%2f..%2fadmin/users",
  "/%ff/admin/users",
  "/admin/%c0%afusers",
  "/adm%69n/users%2f",
  "/administrator/users",
  "/admin/usersx",
  "/public/admin/users",
  "/%e2%80%8badmin/users",
  "/admin%e2%88%95users",
  "/admin%ef%bc%8fusers",
];

/** Those that only a connection of one's own can send. */
const rawSpellings = [
  "/admin\\users",
  "/admin/users#",
  "/public#/../admin/users",
  "http://testserver/admin/users",
  "http://evil.example/admin/users",
  "HTTP://EVIL.example:80/x/../admin/users",
  "http://evil.example",
  "http://admin/users",
  "ftp://testserver/admin/users",
  "*",
];

interface Seen {
  readonly guard: string[];
  readonly handler: string[];
  readonly middleware: string[];
}

/** Everything that is told of a path, by who was told. */
function watching(): { app: App; seen: Seen; reported: () => readonly string[] } {
  const seen: Seen = { guard: [], handler: [], middleware: [] };
  const { found, report } = reports();
  const watch = around(async (asked, next) => {
    seen.middleware.push(asked.path);
    return next(asked);
  });
  const app = new App({ report, docsUrl: null, openapiUrl: null, middleware: [watch] });
  const guard = depends({ connection }, ({ connection: asked }) => {
    seen.guard.push(asked.path);
    throw new HTTPException(401);
  });
  const handle = (asked: { readonly path: string }): never => {
    seen.handler.push(asked.path);
    throw new Error("seen");
  };
  const users = get("/users", { input: { request } }, ({ request: asked }) => handle(asked));
  app.include({
    admin: router({ users }, { prefix: "/admin", dependencies: [guard] }),
    rest: get("/{rest:path}", { input: { rest: z.string(), request } }, ({ rest, request: asked }) => {
      expect(`/${rest}`).toBe(asked.path);
      return handle(asked);
    }),
  });
  return { app, seen, reported: () => found.map((each) => each.path) };
}

/** Asks, and says what is wrong with who was told which path. */
async function faultOf(ask: Ask, target: string): Promise<string | undefined> {
  const { app, seen, reported } = watching();
  const { status } = await ask(app, `GET ${target}`);
  const told = [...seen.guard, ...seen.handler];
  // Exactly one of three: refused as malformed, stopped by the guard, or somebody else's path.
  if (status === 400) return told.length === 0 ? undefined : `refused, and told ${told.join()}`;
  if (told.length !== 1) return `${status}, and told ${told.join()}`;
  const [path = ""] = told;
  if (seen.middleware.join() !== path) return `the middleware saw ${seen.middleware.join()}, the others ${path}`;
  if (status === 401) return path === "/admin/users" ? undefined : `the guard saw ${path}`;
  if (status !== 500 || reported().join() !== path) return `${status}, and reported ${reported().join()}`;
  // What is not guarded is not the guarded path, nor what a second reading would make of it.
  return path === "/admin/users" || /[\\\0]|\/\.{1,2}(?:\/|$)/.test(path) ? `the open handler saw ${path}` : undefined;
}

scenarios("Paths", (ask) => {
  test.each(spellings)("row 14: one path for guard, handler, middleware and report: %j", async (target) => {
    expect(await faultOf(ask, target)).toBeUndefined();
  });
  test.runIf(ask.raw).each(rawSpellings)(
    "row 14: one path, written as only a client of one's own can: %j",
    async (target) => {
      expect(await faultOf(ask, target)).toBeUndefined();
    },
  );

  test("row 14: a path is decoded once: what was escaped twice stays escaped once", async () => {
    const app = new App();
    app.get("/files/{name:path}", { input: { name: z.string(), request } }, ({ name, request: asked }) => [
      name,
      asked.path,
      asked.pathParams["name"],
    ]);
    for (const [sent, name] of [
      ["%252e%252e%252fetc", "%2e%2e%2fetc"],
      ["%25252fa", "%252fa"],
      ["a%25", "a%"],
      ["a+b", "a+b"],
      ["a%2Bb", "a+b"],
    ]) {
      expect((await ask(app, `GET /files/${sent}`)).json()).toEqual([name, `/files/${name}`, name]);
    }
  });

  test.each([
    "/items/",
    "/items%2f/",
    "//evil.example/items/",
    "/%2fevil.example/",
    "/%5cevil.example/",
    "/.//evil.example/",
  ])("row 14: no spelling of a path makes a redirect to another server: %s", async (target) => {
    const app = new App();
    app.get("/items", () => 1);
    app.get("/{a}/items", { input: { a: z.string() } }, ({ a }) => a);
    app.get("//evil.example", () => 1);
    app.get("//evil.example/items", () => 1);
    const { status, headers } = await ask(app, `GET ${target}`, { headers: { host: "evil.example" } });
    if (target === "/items/") expect([status, headers["location"]]).toEqual([307, "/items"]);
    else expect([400, 404]).toContain(status);
  });

  test("row 20: Host never alters the path, and a malformed one is nobody's failure", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/here", { input: { request } }, ({ request: asked }) => {
      const { pathname, search, hash, username, password } = asked.url;
      return [asked.path, pathname, search, hash, username, password, asked.url.port];
    });
    const hosts = [
      "testserver/evil",
      "testserver/evil?",
      "testserver/evil#",
      "testserver?x=",
      "testserver#",
      "a@testserver",
      "admin:secret@testserver",
      "testserver\\evil",
      "testserver:80/evil",
      "testserver:x",
      "testserver:99999",
      "testserver:-1",
      "test server",
      "testserver,evil.example",
      "[::1]/evil",
      "[::::::]",
      "[1.2.3.4]",
      "%2fevil",
      "a%zz",
      "a..b%00",
      "..",
      "1.2.3.4.5.6",
      "256.256.256.256",
      "xn--",
      "-",
      "",
    ];
    for (const host of hosts) {
      for (const line of ["GET /here?q=1", "GET /x/../here?q=1"]) {
        const answer = await ask(app, line, { headers: { host } });
        expect([host, answer.status, answer.json().slice(0, 6)]).toEqual([
          host,
          200,
          ["/here", "/here", "?q=1", "", "", ""],
        ]);
      }
      const elsewhere = await ask(app, "GET /evil", { headers: { host } });
      expect(elsewhere.status).toBe(404);
    }
    expect(found).toEqual([]);
  });
});

describe("on the wire", () => {
  test("row 14: bytes that are no URI never get to a path", async () => {
    const { app, seen } = watching();
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    for (const target of [
      "/admin\tusers",
      "/admin /users",
      "/admin\0/users",
      "/admin\x0b/users",
      "/\xc0\xafadmin/users",
      "/admin\xaf",
      "/ad\rmin",
      "//\n/admin/users",
      "admin/users",
      "\\admin\\users",
      "http:/admin/users",
      "?/admin/users",
      "",
    ]) {
      const client = await wire(server);
      client.send(`GET ${target} HTTP/1.1`, "Host: a", "Connection: close", "", "");
      expect(statuses(await client.closed)).toEqual([400]);
    }
    expect(seen.guard.concat(seen.handler)).toEqual([]);
  });
});
