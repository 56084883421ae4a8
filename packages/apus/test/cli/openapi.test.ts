// `apus openapi` and the program's own help and version.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Project } from "./project.ts";

let project: Project;

beforeAll(() => {
  project = new Project({
    "main.ts": `import { App, depends } from "apus";
console.log("loading");
setInterval(() => {}, 1000);
const service = depends(async function* () { throw new Error("a service was started"); yield 1; }, { scope: "app" });
export const app = new App({ title: "Photos & <more>", version: "1.0.0", dependencies: [service] });
app.get("/items/all", () => []);
`,
    "other.ts": `import { App } from "apus";
export const first = new App({ title: "First", version: "1.0.0" });
export const second = new App({ title: "Second", version: "1.0.0" });
`,
  });
});

afterAll(() => project.remove());

test("the document alone goes to standard output, and no service is started", async () => {
  const command = project.apus(["openapi"]);
  expect(await command.ended).toBe(0);
  const document: { openapi: string; info: unknown; paths: object } = JSON.parse(command.standardOutput);
  expect(document.openapi).toBe("3.1.0");
  expect(document.info).toEqual({ title: "Photos & <more>", version: "1.0.0" });
  expect(Object.keys(document.paths)).toEqual(["/items/all"]);
  expect(command.output).toContain("loading\n");
});

test.each([
  [[], "First"],
  [["--app", "second"], "Second"],
])("with %j it is that of %s", async (given, title) => {
  const command = project.apus(["openapi", "other.ts", ...given]);
  expect(await command.ended).toBe(0);
  expect(JSON.parse(command.standardOutput)).toMatchObject({ info: { title } });
});

test("--version is that of the package", async () => {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  const command = project.apus(["--version"]);
  expect(await command.ended).toBe(0);
  expect(command.output).toBe(`${manifest.version}\n`);
});

test.each([
  [["--help"], ["dev", "run", "openapi"]],
  [
    ["dev", "--help"],
    ["--host=<address>", "Default: 127.0.0.1", "--port=<number>", "--app=<name>", "--no-reload"],
  ],
  [
    ["run", "--help"],
    ["--host=<address>", "Default: 0.0.0.0", "other machines", "--reload"],
  ],
])("apus %j", async (given, texts) => {
  const command = project.apus(given);
  expect(await command.ended).toBe(0);
  for (const text of texts) expect(command.output).toContain(text);
});
