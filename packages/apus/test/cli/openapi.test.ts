// `apus openapi` and the program's own help and version.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
    "large.ts": `import { App } from "apus";
export const app = new App();
for (let i = 0; i < 400; i++) app.get("/items/" + i, { name: "item" + i }, () => []);
`,
    "sockets.ts": `import { App, socket } from "apus";
export const app = new App({ title: "Sockets" });
app.include({ chat: socket("/chat", () => {}) });
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

test("--asyncapi is the document of the sockets, also to compare with", async () => {
  const written = project.apus(["openapi", "sockets.ts", "--asyncapi", "-o", "asyncapi.json"]);
  expect([await written.ended, written.output]).toEqual([0, "Wrote asyncapi.json.\n"]);
  const document: unknown = JSON.parse(readFileSync(join(project.folder, "asyncapi.json"), "utf8"));
  expect(document).toMatchObject({ asyncapi: "3.0.0", channels: { chat: { address: "/chat" } } });
  const other = project.apus(["openapi", "other.ts", "--asyncapi", "--check", "asyncapi.json"]);
  expect(await other.ended).toBe(1);
  expect(other.output).toContain("To accept the change: apus openapi --asyncapi --output asyncapi.json\n");
});

test("--version is that of the package", async () => {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  const command = project.apus(["--version"]);
  expect(await command.ended).toBe(0);
  expect(command.output).toBe(`${manifest.version}\n`);
});

describe("--output and --check", () => {
  test("a document that was written is that of the app, until the app changes", async () => {
    const written = project.apus(["openapi", "other.ts", "--output", "openapi.json"]);
    expect(await written.ended).toBe(0);
    expect([written.standardOutput, written.output]).toEqual(["", "Wrote openapi.json.\n"]);
    const printed = project.apus(["openapi", "other.ts"]);
    expect(await printed.ended).toBe(0);
    expect(readFileSync(join(project.folder, "openapi.json"), "utf8")).toBe(printed.standardOutput);

    const same = project.apus(["openapi", "other.ts", "--check", "openapi.json"]);
    expect(await same.ended).toBe(0);
    const other = project.apus(["openapi", "other.ts", "--app", "second", "--check", "openapi.json"]);
    expect(await other.ended).toBe(1);
    expect(other.output).toBe(
      'Error: openapi.json is not the app\'s document:\n  ~ info › title: "First" → "Second"\nTo accept the change: apus openapi --output openapi.json\n',
    );
    expect(other.standardOutput).toBe("");
  });

  test.each([
    [["--check", "gone.json"], /^Error: gone\.json cannot be compared: ENOENT/],
    [["--check", "main.ts"], /^Error: main\.ts cannot be compared: /],
    [["--output", "gone/openapi.json"], /^Error: gone\/openapi\.json cannot be written: ENOENT/],
  ])("%j", async (given, message) => {
    const command = project.apus(["openapi", "other.ts", ...given]);
    expect(await command.ended).toBe(1);
    expect(command.output).toMatch(message);
  });
});

test.each([["openapi"], ["routes"]])("apus %s ends quietly when its reader has left", async (name) => {
  const command = project.apus([name, "large.ts"]);
  command.process.stdout?.destroy();
  expect(await command.ended).toBe(0);
  expect(command.output).toBe("");
});

test.skipIf(!existsSync("/dev/full"))(
  "a disk that is full is a failure, and a reader that has left is none",
  async () => {
    const program = fileURLToPath(new URL("../../bin/apus.mjs", import.meta.url));
    const through = (shell: string): Promise<{ code: unknown; said: string }> =>
      new Promise((resolve) => {
        const line = `"${process.execPath}" "${program}" openapi large.ts ${shell}`;
        execFile("bash", ["-c", line], { cwd: project.folder }, (error, _, said) =>
          resolve({ code: error?.code ?? 0, said }),
        );
      });
    expect(await through("> /dev/full")).toEqual({
      code: 1,
      said: expect.stringMatching(/^Error: standard output could not be written: .*ENOSPC/m) as string,
    });
    expect(await through("| head -c 10; exit ${PIPESTATUS[0]}")).toEqual({ code: 0, said: "" });
  },
);
