// The list of servers agrees with the files, the packages and the routes.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entries, hellos, referenceOf } from "./entries.mjs";
import { routes } from "./routes.mjs";
import { runnable } from "./runtimes.mjs";

const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

describe("entries", () => {
  test.each([...entries, ...hellos])("$name: $file is there, and its package is pinned", ({ file, peer }) => {
    expect(existsSync(new URL(file, import.meta.url))).toBe(true);
    if (peer !== undefined) expect(dependencies).toHaveProperty([peer]);
  });
  test("a name answers a route once, and on one runtime", () => {
    const pairs = entries.flatMap(({ name, routes }) => routes.map((route) => `${name} ${route}`));
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { name, runtime } of entries) {
      expect(new Set(entries.filter((each) => each.name === name).map((each) => each.runtime))).toEqual(
        new Set([runtime]),
      );
    }
  });
  test.each(routes.map(({ name }) => name))(
    "%s is answered by Apus, and by a reference that competes with nobody",
    (route) => {
      const answering = entries.filter((entry) => entry.routes.includes(route));
      for (const [runtime, apus] of [
        ["node", "apus"],
        ["bun", "apus-bun"],
      ]) {
        expect(answering.find(({ name }) => name === apus)).toMatchObject({ role: "apus", runtime });
        expect(answering.find(({ name }) => name === referenceOf(runtime, route))).toMatchObject({ role: "reference" });
      }
    },
  );
});

describe("runnable", () => {
  test("is the file itself, or what was compiled from it with its decorators", () => {
    expect(runnable("baselines/raw.mjs")).toMatch(/bench\/baselines\/raw\.mjs$/);
    const compiled = runnable("peers/nest-hello.ts");
    expect(readFileSync(compiled, "utf8")).toMatch(/HelloController = __decorate\(\[/);
  });
  test("every import of what is compiled is found from where it lands", () => {
    for (const { file } of [...entries, ...hellos].filter(({ file }) => file.endsWith(".ts"))) {
      const compiled = readFileSync(runnable(file), "utf8");
      for (const [, path] of compiled.matchAll(/from "(\.[^"]+)"/g)) {
        expect(existsSync(new URL(`.tmp/${path}`, import.meta.url)), path).toBe(true);
      }
    }
  });
});
