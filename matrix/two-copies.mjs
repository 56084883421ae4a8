// Two copies in one tree: an application with its own apus and zod, and a library that brings others of both.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../scripts/run.mjs";

/** What the library exports: everything that is declared with its own copies. */
const library = `
import * as apus from "apus";
import { cors } from "apus/middleware";
import { httpBearer } from "apus/security";
import { serve } from "apus/server";
import { types } from "apus/types";
import { z } from "zod";
const { App, around, defaultErrors, depends, excludeUnset, form, get, header, html, httpError, HTTPException, json, onError, provide, request, router } = apus;
export { App, cors, depends, excludeUnset, get, header, html, httpBearer, httpError, HTTPException, json, onError, provide, request, router, serve, types, z };
export const timed = around((_, next) => next());
export const Item = z.object({ name: z.string().min(3), due: z.iso.date(), count: z.int().default(1) });
`;

/** What the application tries, each on an App of its own with one operation, and the outcome: a body, or the start of a message. */
const attempts = {
  // Schemas are read by their structure: it does not matter which zod made them, nor how they are mixed.
  "a schema of another zod": [
    `post("/", { input: { item: lib.Item }, output: lib.Item }, ({ item }) => item)`,
    200,
    { name: "swift", due: "2026-01-02", count: 1 },
  ],
  "schemas of two zods, one inside the other": [
    `post("/", { input: { item: z.object({ name: lib.z.string().transform((text) => text.length), due: types.date() }) } }, ({ item }) => ({ ...item, name: item.name }))`,
    200,
    { name: 5, due: "2026-01-02" },
  ],
  "what another zod refuses": [
    `post("/", { input: { item: lib.Item.extend({ name: z.string().max(2) }) } }, ({ item }) => item)`,
    422,
  ],
  "what defaults filled in": [
    `post("/", { input: { item: lib.Item } }, ({ item }) => lib.excludeUnset(item))`,
    200,
    { name: "swift", due: "2026-01-02" },
  ],
  "a value that provide() wrapped": [
    `post("/", { input: { one: depends(() => lib.provide(1)) } }, ({ one }) => one)`,
    200,
    1,
  ],
  // Everything else stops, where it is declared if it can be told there.
  "an operation": [`lib.get("/", () => 1)`, "an operation (GET /)"],
  "a router": [`lib.router({ read: get("/", () => 1) })`, "an operation (GET /)"],
  "a dependency": [`get("/", { input: { one: lib.depends(() => 1) } }, ({ one }) => one)`, "a dependency"],
  "a value of the framework": [`get("/", { input: { request: lib.request } }, () => 1)`, "a dependency (request)"],
  "a security scheme": [`get("/", { input: { token: lib.httpBearer() } }, () => 1)`, "a dependency (HTTPBearer)"],
  "a marker": [`get("/", { input: { agent: lib.header(z.string()) } }, () => 1)`, "an input (header)"],
  "a type of the wire": [`get("/", { input: { at: lib.types.datetime() } }, () => 1)`, "a type of apus/types"],
  "a type of the wire in an answer": [
    `get("/", { output: z.object({ at: lib.types.datetime() }) }, () => ({}))`,
    "GET / (it): a type of apus/types",
  ],
  "a class of errors": [`get("/", { errors: [lib.httpError(404, "Gone")] }, () => 1)`, "the error class TypedError"],
  "a way to answer": [`get("/", { as: lib.html }, () => "")`, "GET / (it): what its `as` names"],
  "a middleware": [`router({ it: get("/", () => 1) }, { middleware: [lib.timed] })`, "a middleware (around)"],
  "a ready-made middleware": [`router({ it: get("/", () => 1) }, { middleware: [lib.cors()] })`, "a middleware (cors)"],
  "an error handler": [
    `router({ it: get("/", () => 1) }, { onError: [lib.onError(404, () => lib.json(1))] })`,
    "an error handler (404)",
  ],
  "an error that is thrown": [
    `post("/", () => { throw new lib.HTTPException(404); })`,
    500,
    "the error that was thrown (HTTPException)",
  ],
  "a reply": [`post("/", () => lib.json({ secret: 1 }))`, 500, "a reply"],
};

const program = `
import { App, depends, get, post, router } from "apus";
import { serve } from "apus/server";
import { testClient } from "apus/testing";
import { types } from "apus/types";
import { z } from "zod";
import * as lib from "lib";

const said = {};
async function attempt(name, declare) {
  let reported;
  try {
    const declared = declare();
    const app = new App({ report: (error) => (reported = error.message) });
    app.include("kind" in declared ? router({ it: declared }) : declared);
    const client = testClient(app, { raiseServerErrors: false });
    const { status, text } = await client.request("POST", "/", { json: { name: "swift", due: "2026-01-02" } });
    said[name] = [status, reported ?? (status === 200 ? JSON.parse(text) : undefined)];
    await client.close();
  } catch (error) {
    said[name] = [error.message];
  }
}
${Object.entries(attempts)
  .map(([name, [code]]) => `await attempt(${JSON.stringify(name)}, () => ${String(code)});`)
  .join("\n")}
const other = new lib.App();
for (const [name, give] of Object.entries({ serve: () => serve(other, { port: 0 }), testClient: async () => testClient(other) }))
  said[name] = [await give().then(() => "no error", (error) => error.message)];
other.include(lib.router({ read: lib.get("/", () => 1) }));
try {
  new App().mount("/theirs", other);
} catch (error) {
  said.mounted = [error.message];
}
// Each copy for itself.
const [mine, theirs] = await Promise.all([serve(new App(), { port: 0 }), lib.serve(other, { port: 0 })]);
said.both = [(await fetch(mine.url)).status, (await fetch(theirs.url)).status];
await Promise.all([mine.close(), theirs.close()]);
console.log(JSON.stringify(said));
`;

/**
 * The checks, on a tree that is made for them.
 *
 * @param {string} installed A folder where npm has installed the package, and the oldest zod beside the newest.
 * @param {string} folder Does not exist yet.
 * @returns {import("./tasks.mjs").Task[]}
 */
export function twoCopies(installed, folder) {
  const place = (/** @type {string[]} */ ...path) => join(folder, "node_modules", ...path);
  const copy = (/** @type {string} */ name, /** @type {string} */ to) =>
    cpSync(join(installed, "node_modules", name), to, { recursive: true });
  mkdirSync(place("lib", "node_modules"), { recursive: true });
  for (const name of ["apus", "citty", "zod"]) copy(name, place(name));
  for (const name of ["apus", "citty"]) copy(name, place("lib/node_modules", name));
  copy("oldest-zod", place("lib/node_modules/zod"));
  writeFileSync(place("lib/package.json"), JSON.stringify({ name: "lib", type: "module", exports: "./lib.js" }));
  writeFileSync(place("lib/lib.js"), library);
  writeFileSync(join(folder, "try.mjs"), program);
  writeFileSync(join(folder, "app.mjs"), `import { App } from "apus"; export const app = new App({ title: "Mine" });`);

  /** @type {Promise<Record<string, unknown[]>> | undefined} */
  let outcome;
  const tried = () =>
    (outcome ??= run(process.execPath, ["try.mjs"], { cwd: folder }).then(({ code, output }) => {
      assert.equal(code, 0, output);
      return JSON.parse(output);
    }));
  const stops = (/** @type {string} */ what, /** @type {unknown} */ message) => {
    const sentence = `APUS_TWO_COPIES: ${what} was made by the copy of apus in `;
    assert.ok(String(message).startsWith(sentence), `${String(message)}\ninstead of\n${sentence}…`);
    for (const path of [place("apus"), place("lib/node_modules/apus")])
      assert.ok(String(message).includes(path), String(message));
  };
  return [
    ...Object.entries(attempts).map(
      ([name, [, ...wanted]]) =>
        /** @type {const} */ ([
          `two copies: ${name}`,
          async () => {
            const found = (await tried())[name] ?? [];
            const [last] = wanted.slice(-1);
            if (wanted[0] === 200) assert.deepEqual(found, wanted);
            else if (typeof last === "number") assert.deepEqual(found[0], last);
            else {
              if (wanted.length === 2) assert.equal(found[0], wanted[0]);
              stops(String(last), found.at(-1));
            }
          },
        ]),
    ),
    ["two copies: an App for serve()", async () => stops("the App given to serve()", (await tried())["serve"]?.[0])],
    [
      "two copies: an App for testClient()",
      async () => stops("the App given to testClient()", (await tried())["testClient"]?.[0]),
    ],
    [
      "two copies: an App for app.mount()",
      async () => stops("the App given to app.mount()", (await tried())["mounted"]?.[0]),
    ],
    ["two copies: each serves its own App", async () => assert.deepEqual((await tried())["both"], [404, 200])],
    [
      "two copies: the command of another one serves the project's",
      async () => {
        const { code, output } = await run(
          process.execPath,
          [place("lib/node_modules/apus/bin/apus.mjs"), "openapi", "app.mjs"],
          { cwd: folder },
        );
        assert.equal(code, 0, output);
        assert.equal(JSON.parse(output).info.title, "Mine");
      },
    ],
  ];
}
