// Which dependencies run before the body is read, and that nothing else does: seen by sending a body that cannot be parsed.
import {
  App,
  body,
  cookie,
  depends,
  form,
  header,
  HTTPException,
  path,
  requiredScopes,
  security,
  type Dependency,
} from "apus";
import { apiKeyHeader, oauth2Password } from "apus/security";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const json = { "content-type": "application/json" };
const Item = z.object({ n: z.int() });
const key = apiKeyHeader({ name: "x-key" });
const bearer = oauth2Password({ tokenUrl: "token" });
const credentials = { "x-key": "k", authorization: "Bearer t" };

type Log = (name: string) => void;
type Shape = { readonly dependencies?: readonly Dependency[]; readonly input?: Readonly<Record<string, Dependency>> };
const traced = (log: Log, name: string, input: object = {}, dependencies: readonly Dependency[] = []): Dependency =>
  depends(input as Record<string, Dependency>, () => log(name), { dependencies });

/** What an operation uses, what of it runs before the body, and all of it in order. */
const shapes: readonly [string, (log: Log) => Shape, string[], string[]][] = [
  ["a plain dependency", (log) => ({ input: { a: traced(log, "a") } }), [], ["a"]],
  ["a guard", (log) => ({ dependencies: [traced(log, "a")] }), ["a"], ["a"]],
  [
    "what a guard uses, three deep",
    (log) => ({ dependencies: [traced(log, "c", { b: traced(log, "b", { a: traced(log, "a") }) })] }),
    ["a", "b", "c"],
    ["a", "b", "c"],
  ],
  ["what stands on a scheme", (log) => ({ input: { a: traced(log, "a", { key }) } }), ["a"], ["a"]],
  [
    "what stands on what stands on a scheme, with what else it uses",
    (log) => ({
      input: {
        plain: traced(log, "plain"),
        c: traced(log, "c", { own: traced(log, "own"), b: traced(log, "b", { bearer }) }),
      },
    }),
    ["own", "b", "c"],
    ["own", "b", "c", "plain"],
  ],
  [
    "what stands under security()",
    (log) => ({
      input: {
        plain: traced(log, "plain"),
        a: security(traced(log, "a", { b: traced(log, "b"), requiredScopes }), ["x"]),
      },
    }),
    ["b", "a"],
    ["b", "a", "plain"],
  ],
  [
    "a guard of a dependency, but not the dependency",
    (log) => ({ input: { a: traced(log, "a", {}, [traced(log, "guard")]) } }),
    ["guard"],
    ["guard", "a"],
  ],
  [
    "a dependency whose guard stands on a scheme",
    (log) => ({ input: { a: traced(log, "a", {}, [traced(log, "guard", { key })]) } }),
    ["guard", "a"],
    ["guard", "a"],
  ],
  [
    "one that is a guard and an input, the guard last",
    (log) => {
      const shared = traced(log, "shared");
      return {
        dependencies: [traced(log, "first"), shared],
        input: { plain: traced(log, "plain", { shared }), shared },
      };
    },
    ["first", "shared"],
    ["first", "shared", "plain"],
  ],
  [
    "what a secured one uses, although a plain one asked for it first",
    (log) => {
      const session = traced(log, "session");
      return { input: { plain: traced(log, "plain", { session }), user: traced(log, "user", { session, key }) } };
    },
    ["session", "user"],
    ["session", "user", "plain"],
  ],
  [
    "a guard that needs the body, and its own guard, which does not",
    (log) => ({
      dependencies: [traced(log, "signed", { item: Item, plain: traced(log, "plain") }, [traced(log, "guard")])],
    }),
    ["guard"],
    ["guard", "plain", "signed"],
  ],
  [
    "a secured one that needs the body: the scheme and its user alone are early",
    (log) => ({
      input: {
        signed: traced(log, "signed", { user: traced(log, "user", { key }), item: Item, plain: traced(log, "plain") }),
      },
    }),
    ["user"],
    ["user", "plain", "signed"],
  ],
  [
    "a guard on one that needs the body",
    (log) => ({
      dependencies: [traced(log, "outer", { inner: traced(log, "inner", { item: Item }) }), traced(log, "last")],
    }),
    ["last"],
    ["last", "inner", "outer"],
  ],
];

scenarios("Before the body run", (ask) => {
  test.each(shapes)("%s", async (_, shape, early, all) => {
    const lines: string[] = [];
    const app = new App();
    const { input = {}, dependencies = [] } = shape((name) => void lines.push(name));
    app.post("/", { dependencies, input: { ...input, item: Item } }, () => void lines.push("handler"));
    const malformed = await ask(app, "POST /", { body: "{", headers: { ...json, ...credentials } });
    expect([malformed.status, malformed.json().detail[0].type]).toEqual([422, "json_invalid"]);
    expect(lines.splice(0)).toEqual(early);
    expect((await ask(app, "POST /", { json: { n: 1 }, headers: credentials })).status).toBe(200);
    expect(lines).toEqual([...all, "handler"]);
  });

  test("a scheme refuses before the body, whatever it is", async () => {
    const app = new App();
    app.post("/", { input: { key, item: Item } }, () => 1);
    for (const content of ["{", "[]", '{"n":1}']) {
      expect((await ask(app, "POST /", { body: content, headers: json })).status).toBe(401);
    }
  });

  test("a form is a body as well", async () => {
    const lines: string[] = [];
    const guard = traced((name) => void lines.push(name), "guard");
    const captcha = depends({ word: form(z.string()) }, ({ word }) => {
      lines.push("captcha");
      if (word !== "swift") throw new HTTPException(403);
    });
    const app = new App();
    app.post("/", { dependencies: [captcha, guard], input: { name: form(z.string()) } }, () => lines.push("handler"));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await ask(app, "POST /", { body: "name=a", headers })).status).toBe(422);
    expect(lines.splice(0)).toEqual(["guard"]);
    expect((await ask(app, "POST /", { body: "name=a&word=crow", headers })).status).toBe(403);
    expect(lines.splice(0)).toEqual(["guard", "captcha"]);
    expect((await ask(app, "POST /", { body: "name=a&word=swift", headers })).status).toBe(200);
  });

  test("invalid inputs of guards, of dependencies and of the operation are one answer, without the body's", async () => {
    const guard = depends({ x_tenant: header(z.int()), page: z.int() });
    const later = depends({ theme: cookie(z.int()), item: body(Item) });
    const app = new App({ dependencies: [guard] });
    app.post("/{id}", { input: { id: path(z.int()), q: z.int(), later } }, () => 1);
    const answer = await ask(app, "POST /x?page=x&q=x", {
      body: "{",
      headers: { ...json, "x-tenant": "x", cookie: "theme=x" },
    });
    const locs = answer.json().detail.map((each: { loc: unknown }) => each.loc);
    expect([answer.status, locs]).toEqual([
      422,
      [
        ["query", "page"],
        ["header", "x-tenant"],
        ["cookie", "theme"],
        ["path", "id"],
        ["query", "q"],
      ],
    ]);
  });

  test("a guard whose inputs are invalid does not keep others from refusing", async () => {
    const lines: string[] = [];
    const typed = depends({ page: z.int() }, () => lines.push("typed"));
    const refusing = depends(() => {
      lines.push("refusing");
      throw new HTTPException(401);
    });
    const app = new App({ dependencies: [typed, refusing] });
    app.get("/", () => 1);
    expect((await ask(app, "GET /?page=x")).status).toBe(401);
    expect(lines).toEqual(["refusing"]);
  });
});
