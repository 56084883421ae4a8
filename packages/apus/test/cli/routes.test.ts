// `apus routes`: what it shows a person, what it gives to tools, and that nothing is started.
import type { AppDescription } from "apus";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Project, type Command } from "./project.ts";

let project: Project;

beforeAll(() => {
  project = new Project({
    "main.ts": `import { App, depends, get, header, httpError, middleware, post, request, router, security } from "apus";
import { cors } from "apus/middleware";
import { httpBearer } from "apus/security";
import { z } from "zod";
console.log("loading");
setInterval(() => {}, 1000);
const Photo = z.object({ id: z.int(), name: z.string() }).meta({ id: "Photo" });
const NotFound = httpError(404, "Photo not found");
const engine = depends(async function* engine() { throw new Error("a service was started"); yield 1; }, { scope: "app" });
const session = depends({ engine }, async function* session() { yield 1; }, { scope: "function" });
const user = depends({ token: httpBearer() }, function user({ token }) { return token; });
const timing = middleware({ onAnswer: () => {} }, "timing");
const tenant = depends({ tenant: header(z.string().default("main"), { alias: "x-tenant" }) }, function tenant() {});
const photos = router({
  readPhoto: get("/{photo_id}", { input: { photo_id: z.int(), size: z.enum(["s", "l"]).optional() }, output: Photo, errors: [NotFound] }, ({ photo_id }) => ({ id: photo_id, name: "" })),
  addPhoto: post("/", { input: { photo: Photo, session, user, request }, output: Photo, status: 201, deprecated: true, bodyLimit: 2048, timeout: null }, ({ photo }) => photo),
}, { prefix: "/photos", tags: ["photos"], dependencies: [tenant], middleware: [timing] });
export const app = new App({ title: "Photos", version: "1.0.0", middleware: [cors({ allowOrigins: ["https://a.example"] })] });
app.include({ photos });
app.get("/internal", { name: "internal", includeInSchema: false }, () => 1);
app.mount("/old", { fetch: () => new Response("old") });
`,
    "none.ts": `import { App } from "apus";\nexport const app = new App();\n`,
  });
});

afterAll(() => project.remove());

async function shown(...given: string[]): Promise<Command> {
  const command = project.apus(["routes", ...given]);
  expect(await command.ended).toBe(0);
  return command;
}

test("a table of the operations, aligned and without colours", async () => {
  const command = await shown();
  expect(command.standardOutput).toBe(
    [
      "METHODS  PATH                ID                NAME       TAGS    GUARDS              FLAGS",
      "GET      /photos/{photo_id}  photos_readPhoto  readPhoto  photos  tenant",
      "POST     /photos/            photos_addPhoto   addPhoto   photos  tenant, HTTPBearer  deprecated",
      "GET      /internal           internal          internal                               hidden",
      "ANY      /old                                                                         mount",
      "",
    ].join("\n"),
  );
  expect(command.output).toContain("loading\n");
});

test("an app without operations", async () => {
  expect((await shown("none.ts")).standardOutput).toBe("The app has no operations.\n");
});

test("--json has the same as data", async () => {
  const described: AppDescription = JSON.parse((await shown("--json")).standardOutput);
  expect(described.mounts).toEqual([
    { prefix: "/old", kind: "handler", guards: [], security: [], operations: [], sockets: [], mounts: [] },
  ]);
  expect(
    described.operations.map(({ id, methods, path, tags, guards, deprecated, includeInSchema }) => ({
      id,
      methods,
      path,
      tags,
      guards,
      deprecated,
      includeInSchema,
    })),
  ).toEqual([
    {
      id: "photos_readPhoto",
      methods: ["GET"],
      path: "/photos/{photo_id}",
      tags: ["photos"],
      guards: ["tenant"],
      deprecated: false,
      includeInSchema: true,
    },
    {
      id: "photos_addPhoto",
      methods: ["POST"],
      path: "/photos/",
      tags: ["photos"],
      guards: ["tenant"],
      deprecated: true,
      includeInSchema: true,
    },
    {
      id: "internal",
      methods: ["GET"],
      path: "/internal",
      tags: [],
      guards: [],
      deprecated: false,
      includeInSchema: false,
    },
  ]);
});

test("--plan shows what is decided about one operation, with the code that serves it", async () => {
  const text = (await shown("--plan", "photos_addPhoto")).standardOutput;
  const [plan = "", code = ""] = text.split("\nCode\n");
  expect(plan).toBe(
    `POST /photos/
  Id       photos_addPhoto
  Name     addPhoto
  Summary  Add Photo
  Tags     photos
  Guards   tenant, HTTPBearer
  Flags    deprecated

Middleware, outermost first
  cors    of the app
  timing  of the operation

Phase 1, before the body: inputs
  header  x-tenant  str  optional  as tenant  for tenant

Phase 1, before the body: dependencies
  tenant                 scope request
  engine                 scope app
  connection  framework  scope request
  HTTPBearer  scheme     scope request  after connection
  user                   scope request  after HTTPBearer
  request     framework  scope request

Phase 2, the body as json: inputs
  body  photo  Photo  required

Phase 3, after the body: dependencies
  session  scope function  after engine

Phase 4: the handler answers
  201  application/json  Photo

Errors
  422  inputs that are not valid

Limits
  body            2,048 bytes
  body to arrive  30,000 ms
  answer          no limit
`,
  );
  expect(code).toContain("  reads photo:\n");
  expect(code).toContain("    //# sourceURL=apus:///POST/photos//photo\n");
  expect(code).toContain("  reads tenant: no code is generated, a single value is as fast without\n");
  expect(code).toContain("  writes the answer:\n");
  expect(code).toContain("    //# sourceURL=apus:///POST/photos//output\n");
});

test("--plan --json is one operation as data", async () => {
  const operation: AppDescription["operations"][number] = JSON.parse(
    (await shown("--plan", "photos_readPhoto", "--json")).standardOutput,
  );
  expect(operation).toMatchObject({
    id: "photos_readPhoto",
    inputs: [
      { name: "photo_id", location: "path", type: "int", required: true, phase: 2, dependency: null },
      { name: "size", location: "query", required: false, phase: 2, code: { kind: "interpreted" } },
      { name: "tenant", alias: "x-tenant", location: "header", required: false, phase: 1, dependency: "tenant" },
    ],
    errors: [{ status: 404, title: "Photo not found" }],
    body: null,
    output: { status: 200, type: "Photo", mediaType: "application/json", code: { kind: "generated" } },
  });
});

test("an id that does not exist names those that are like it", async () => {
  const command = project.apus(["routes", "--plan", "photos_raedPhoto"]);
  expect(await command.ended).toBe(1);
  expect(command.output).toContain(
    "Error: There is no operation with the id photos_raedPhoto. Did you mean photos_readPhoto, photos_addPhoto?",
  );
  expect(command.standardOutput).toBe("");
});

test("what was typed and what files and exports are called cannot move the terminal", async () => {
  const clear = "\u001b[2J\u202e\nError: forged";
  for (const given of [
    ["routes", "--plan", clear],
    ["routes", clear],
    ["routes", "main.ts", clear],
    ["routes", `--${clear}`],
    ["routes", "--app", clear],
    ["openapi", "--check", clear],
    [clear],
  ]) {
    const command = project.apus(given);
    expect(await command.ended).toBeGreaterThan(0);
    expect(command.output).toContain("\\x1b[2J\\u202e\\nError: forged");
    for (const raw of ["\u001b", "\u202e", "\nError: forged"]) expect(command.output).not.toContain(raw);
  }
});
