// What the command line says when something is wrong, and that it ends with code 1.
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Project } from "./project.ts";

const app = `import { App } from "apus";\nexport const app = new App({ title: "Photos", version: "1.0.0" });\n`;

let project: Project;

beforeAll(() => {
  project = new Project({
    "main.ts": app,
    "none.ts": "export const count = 1;\nexport function make() {}\n",
    "empty.ts": "",
    "syntax.ts": 'import "./broken.ts";\n',
    "broken.ts": "\nexport const x: number = ;\n",
    "plain.mjs": "let y = 3 +;\n",
    "throws.ts": "function connect(): never {\n  throw new Error('no database');\n}\n\nconnect();\n",
    "package.ts": 'import "apus";\nimport "not-installed";\n',
    "empty/readme.md": "",
  });
});

afterAll(() => project.remove());

test.concurrent.each([
  ["an unknown command", ["rutes"], /^Error: Unknown command rutes\. Did you mean routes\? See: apus --help\n$/],
  ["an unknown command like no other", ["serve"], /Unknown command serve\. There are dev, run, routes, openapi\./],
  ["no command", [], /^Error: A command is missing\.\n\n.*\n\nUsage: apus <command>/],
  ["an unknown option of the program", ["--versoin"], /^Error: Unknown option --versoin\. See: apus --help/],
  [
    "an unknown option",
    ["run", "--prot", "80"],
    /^Error: Unknown option --prot\. Did you mean --port\? See: apus run --help/,
  ],
  ["one path too many", ["routes", "main.ts", "none.ts"], /^Error: "none\.ts" is one argument too many/],
  ["a bad port", ["dev", "--port", "80a"], /^Error: --port is "80a": give a whole number/],
  [
    "an entrypoint and a path",
    ["run", "main.ts", "-e", "main.ts:app"],
    /^Error: Cannot use --entrypoint together with a path/,
  ],
  [
    "an entrypoint without an export's name",
    ["run", "-e", "main.ts:"],
    /^Error: --entrypoint is "main\.ts:", and has to be FILE:EXPORT/,
  ],
  [
    "a folder to watch that is none",
    ["dev", "main.ts", "--reload-dir", "main.ts"],
    /^Error: --reload-dir takes a folder, and main\.ts is none\./,
  ],
  [
    "a folder to watch, and no reload",
    ["run", "main.ts", "--reload-dir", "."],
    /^Error: --reload-dir needs --reload\./,
  ],
  [
    "a root path that is none",
    ["run", "main.ts", "--root-path", "api"],
    /^Error: --root-path: the root path "api" is none/,
  ],
  ["proxies that are none", ["run", "main.ts", "--trusted-proxies", "foo"], /^Error: --trusted-proxies: .*foo/],
  [
    "a file to write and one to compare",
    ["openapi", "main.ts", "-o", "a", "--check", "b"],
    /^Error: --output writes a file and --check compares/,
  ],
])("%s is a wrong command line", { timeout: 30_000 }, async (_case, given, message) => {
  const command = project.apus(given);
  expect(await command.ended).toBe(2);
  expect(command.output).toMatch(message);
  expect(command.standardOutput).toBe("");
});

test("a public address that is none", async () => {
  const command = project.apus(["run", "main.ts"], { environment: { APUS_PUBLIC_URL: "photos.example.com" } });
  expect(await command.ended).toBe(2);
  expect(command.output).toMatch(
    /^Error: The environment variable APUS_PUBLIC_URL is "photos\.example\.com": give an address/,
  );
});

test.concurrent.each([
  ["no file", ["run", "empty"], /^Error: No app file found in empty\. Name it/],
  ["a path that is missing", ["dev", "nope.ts"], /^Error: Path does not exist: nope\.ts\./],
  ["a path without its extension", ["run", "main"], /Did you mean main\.ts\?/],
  [
    "an address of another machine",
    ["run", "--host", "203.0.113.9"],
    /"203\.0\.113\.9" is not an address of this machine/,
  ],
  [
    "a module without an App",
    ["run", "none.ts"],
    /^Error: none\.ts exports no App\. It exports count \(a number\), make \(a function\)\.\nExport one: export const app = new App/,
  ],
  ["a module without exports", ["run", "empty.ts"], /^Error: empty\.ts exports no App\. It exports nothing\./],
  [
    "an export that is missing",
    ["run", "main.ts", "--app", "api"],
    /^Error: main\.ts has no export "api"\. It exports app \(an App\)\./,
  ],
  [
    "an export that is no App",
    ["run", "none.ts", "--app", "count"],
    /^Error: The export "count" of none\.ts is not an App: it is a number\./,
  ],
  ["a syntax error", ["run", "syntax.ts"], /^syntax\.ts could not be loaded\.\n {2}at broken\.ts:2:26\n/],
  [
    "a syntax error in JavaScript",
    ["run", "plain.mjs"],
    /^plain\.mjs could not be loaded\.\n[^]*plain\.mjs:1\nlet y = 3 \+;\n/,
  ],
  [
    "a module that throws",
    ["run", "throws.ts"],
    /^throws\.ts could not be loaded\.\n {2}at throws\.ts:2:9\n\nError: no database\n/,
  ],
  [
    "a package that is missing",
    ["run", "package.ts"],
    /^package\.ts could not be loaded\.\n {2}at package\.ts:2\n\nError.*'not-installed'/,
  ],
])("%s", { timeout: 30_000 }, async (_case, given, message) => {
  const command = project.apus(given);
  expect(await command.ended).toBe(1);
  expect(command.output).toMatch(message);
});

test.each(["run", "dev"])("apus %s on a port that is in use", async (name) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  try {
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const command = project.apus([name, "--host", "127.0.0.1", "--port", port]);
    expect(await command.ended).toBe(1);
    expect(command.output).toMatch(
      `Error: Port ${port} on 127.0.0.1 is in use. Stop the other program, or take another port`,
    );
  } finally {
    other.close();
  }
});

test.skipIf("typescript" in process.features)("TypeScript on a Node without type stripping, and no tsx", async () => {
  // the package as a person installs it: without the development tools of this checkout
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "apus-bare-")));
  const ours = fileURLToPath(new URL("../..", import.meta.url));
  const modules = fileURLToPath(new URL("../../../../node_modules", import.meta.url));
  for (const part of ["package.json", "bin", "dist"]) {
    cpSync(join(ours, part), join(folder, "node_modules/apus", part), { recursive: true });
  }
  for (const name of ["citty", "zod"]) symlinkSync(join(modules, name), join(folder, "node_modules", name), "junction");
  writeFileSync(join(folder, "main.ts"), app);
  try {
    const command = project.apus(["run", join(folder, "main.ts")], {
      program: join(folder, "node_modules/apus/bin/apus.mjs"),
    });
    expect(await command.ended).toBe(1);
    expect(command.output).toMatch(
      /^Error: Node [\d.]+ cannot read TypeScript by itself\. Run: npm i -D tsx, or use Node 22\.18 or later\./,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
