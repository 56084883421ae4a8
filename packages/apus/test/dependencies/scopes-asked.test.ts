// How often a dependency runs in one request, and which scopes it is told: as FastAPI does it.
// `fastapi-scopes.json` is what FastAPI did, recorded once from a program built from the same scenarios.
import { readFileSync } from "node:fs";
import { App, body, depends, get, requiredScopes, router, security, type Dependency } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

/** A dependency and the scopes that are asked of it there. */
type Use = readonly [name: string, ...scopes: string[]];

interface Scenario {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, { readonly reads?: boolean; readonly uses?: readonly Use[] }>>;
  readonly app?: readonly Use[];
  readonly guards?: readonly Use[];
  readonly inputs?: readonly Use[];
  readonly expected: readonly string[];
}

const { scenarios: recorded } = JSON.parse(readFileSync(new URL("./fastapi-scopes.json", import.meta.url), "utf8")) as {
  scenarios: readonly Scenario[];
};

scenarios("Scopes and sharing as FastAPI's", (ask) => {
  test.each(recorded)("$name", async (scenario) => {
    const lines: string[] = [];
    const made = new Map<string, Dependency>();
    const used = ([name, ...scopes]: Use): Dependency =>
      scopes.length === 0 ? made.get(name)! : security(made.get(name)!, scopes);
    const record = (uses: readonly Use[] = []): Record<string, Dependency> =>
      Object.fromEntries(uses.map((each, i) => [`use${i}`, used(each)]));
    for (const [name, { reads = false, uses }] of Object.entries(scenario.dependencies)) {
      const input = { ...record(uses), ...(reads ? { requiredScopes } : {}) };
      const run = (values: { requiredScopes?: { text: string; list: readonly string[] } }): void => {
        const told = values.requiredScopes;
        if (told !== undefined) expect(told.list.join(" ")).toBe(told.text);
        lines.push(told === undefined ? name : `${name}: ${told.text}`);
      };
      made.set(name, depends(input, run as never));
    }
    const app = new App({ dependencies: (scenario.app ?? []).map(used) });
    app.get("/", { dependencies: (scenario.guards ?? []).map(used), input: record(scenario.inputs) }, () => 1);
    expect((await ask(app, "GET /")).status).toBe(200);
    expect(sorted(scenario, lines)).toEqual(sorted(scenario, scenario.expected));
  });
});

/** What stands under `security()` is a guard and runs before what does not; where both occur the order differs. */
function sorted({ inputs = [] }: Scenario, lines: readonly string[]): readonly string[] {
  const mixed = inputs.some((use) => use.length === 1) && inputs.some((use) => use.length > 1);
  return mixed ? lines.toSorted() : lines;
}

const told = depends({ requiredScopes }, ({ requiredScopes: scopes }) => scopes.list);

test("duplicates within one list are removed", async () => {
  const app = new App();
  app.get("/", { input: { all: security(told, ["a", "a", "b", "a"]) } }, ({ all }) => all);
  expect((await testClient(app).get("/")).json()).toEqual(["a", "b"]);
});

test("scopes reach the guards of a dependency, and every layer adds its own guard's scopes to nobody else", async () => {
  const seen: string[] = [];
  const guard = depends({ requiredScopes }, ({ requiredScopes: scopes }) => void seen.push(scopes.text));
  const guarded = depends({ requiredScopes }, () => 1, { dependencies: [security(guard, ["inner"])] });
  const read = get("/", { input: { guarded: security(guarded, ["outer"]) } }, () => 1);
  const app = new App({ dependencies: [security(guard, ["app"])] });
  app.include(router({ nested: router({ read }, { dependencies: [security(guard, ["nested"])] }) }));
  await testClient(app).get("/");
  expect(seen).toEqual(["app", "nested", "outer inner"]);
});

test("security() makes what it stands around a guard: before the body, with what that needs", async () => {
  const lines: string[] = [];
  const session = depends(() => void lines.push("session"));
  const user = depends({ session, requiredScopes }, () => void lines.push("user"));
  const other = depends(() => void lines.push("other"));
  const app = new App();
  app.post("/", { input: { other, user: security(user, ["a"]), item: z.object({}) } }, () => 1);
  const client = testClient(app);
  expect((await client.post("/", { body: "{", headers: { "content-type": "application/json" } })).status).toBe(422);
  expect(lines.splice(0)).toEqual(["session", "user"]);
  await client.post("/", { json: {} });
  expect(lines).toEqual(["session", "user", "other"]);
});

test("security() around what needs the body runs after it, once", async () => {
  const lines: string[] = [];
  const signed = depends(
    { item: body(z.object({ a: z.int() })), requiredScopes },
    ({ requiredScopes: scopes, item }) => void lines.push(`${scopes.text} ${item.a}`),
  );
  const app = new App();
  app.post("/", { dependencies: [security(signed, ["x"])], input: { signed: security(signed, ["x"]) } }, () => 1);
  const client = testClient(app);
  expect((await client.post("/", { json: { a: "x" } })).status).toBe(422);
  await client.post("/", { json: { a: 2 } });
  expect(lines).toEqual(["x 2"]);
});

test("scopes that nobody below reads stop the start, at any depth; a fake that reads none does not", async () => {
  const blind = depends(() => 1, { name: "blind" });
  const mid = depends({ blind, told }, () => 1, { name: "mid" });
  const wrong = [
    security(blind, ["a"]),
    depends({ inner: security(blind, []) }),
    depends(() => 1, {
      dependencies: [
        security(
          depends({ blind }, () => 1, { name: "blind" }),
          ["a"],
        ),
      ],
    }),
  ];
  for (const each of wrong) {
    const app = new App();
    app.get("/", { input: { each } }, () => 1);
    await expect(testClient(app).start()).rejects.toThrow(/^APUS_SECURITY: GET \/ \(get\): security\("blind", \[/);
  }
  const app = new App();
  app.get("/", { input: { all: security(mid, ["a"]) } }, ({ all }) => all);
  await testClient(app).start();
  const fake = depends(() => "fake");
  expect((await testClient(app, { overrides: [[mid, fake]] }).get("/")).json()).toBe("fake");
  expect((await testClient(app, { overrides: [[told, fake]] }).get("/")).json()).toBe(1);
});

test("what security() does not take is refused where it stands", () => {
  for (const [dependency, scopes] of [
    [() => 1, []],
    [told, "a"],
    [told, [1]],
    [told, undefined],
  ]) {
    expect(() => security(dependency as never, scopes as never)).toThrow(/^APUS_SECURITY: security\(dependency/);
  }
});

test("a replacement is told the scopes that were asked of what it replaces, and may be under security() itself", async () => {
  const app = new App();
  app.get("/", { input: { all: security(told, ["a", "b"]) } }, ({ all }) => all);
  const fake = depends({ requiredScopes }, ({ requiredScopes: scopes }) => ["fake", ...scopes.list]);
  expect((await testClient(app, { overrides: [[told, fake]] }).get("/")).json()).toEqual(["fake", "a", "b"]);
  const stricter = security(fake, ["c"]) as never;
  expect((await testClient(app, { overrides: [[told, stricter]] }).get("/")).json()).toEqual(["fake", "a", "b", "c"]);
});
