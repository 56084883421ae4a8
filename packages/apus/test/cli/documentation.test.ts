// docs/command-line.md shows the help of every command as it is.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Project } from "./project.ts";

const page = readFileSync(new URL("../../../../docs/command-line.md", import.meta.url), "utf8");
const shown = [...page.matchAll(/^```text\n\$ apus (.*--help)\n([^]*?)^```$/gm)].map(([, given, text]) => [
  given!,
  text!,
]);

let project: Project;

beforeAll(() => {
  project = new Project({});
});

afterAll(() => project.remove());

test("of the program and each of its commands", () => {
  expect(shown.map(([given]) => given)).toEqual([
    "--help",
    "dev --help",
    "run --help",
    "routes --help",
    "openapi --help",
  ]);
});

test.concurrent.each(shown)("apus %s", { timeout: 30_000 }, async (given, text) => {
  const command = project.apus(given.split(" "));
  expect(await command.ended).toBe(0);
  expect(command.standardOutput).toBe(text);
  expect(command.output).toBe(text);
});

test("-h is the same, wherever it stands", async () => {
  const command = project.apus(["dev", "main.ts", "-h", "--no-such-option"]);
  expect(await command.ended).toBe(0);
  expect(command.output).toMatch(/^Serve an app in development/);
});
