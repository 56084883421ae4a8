// Every snippet of the documentation is a file that is compiled and tested, and what it is said to answer is what it answers.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { serve } from "apus/server";
import { testClient } from "apus/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appOptions } from "../packages/apus/src/app/options.ts";
import { operationOptions, routerOptions, sharedOptions } from "../packages/apus/src/operation/option-names.ts";
import { priceOf } from "./examples/client.ts";
import { app as firstApp } from "./examples/first-app.ts";
import { app as items } from "./examples/items.ts";

const root = new URL("../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const pages = [
  "README.md",
  "packages/apus/README.md",
  ...readdirSync(new URL("docs/", root))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Fenced TypeScript that begins with the name of its file: `// docs/examples/first-app.ts`. */
const snippets = pages.flatMap((page) =>
  [...read(page).matchAll(/```ts\n\/\/ (\S+\.ts)\n([\s\S]*?)```/g)].map(([, file, code]) => ({
    page,
    file: file!,
    code: code!,
  })),
);

describe("snippets", () => {
  it("are there", () => expect(snippets.map(({ file }) => file)).toContain("docs/examples/first-app.ts"));
  it.each(snippets)("$page shows $file as it is", ({ file, code }) => expect(code).toBe(read(file)));
  it.each(pages)("%s has no TypeScript that is not a tested file", (page) => {
    const fences = read(page).match(/```ts\n/g) ?? [];
    expect(fences).toHaveLength(snippets.filter((snippet) => snippet.page === page).length);
  });
  it.each(pages)("%s links only to files and headings that exist", (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
    const dead = links.filter(([, to, heading]) => {
      const file = new URL(to === "" ? page : to!, new URL(to === "" ? "" : page, root));
      return !existsSync(file) || (heading !== undefined && !headingsOf(file).includes(heading));
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});

/** The headings of a page as links name them: "Two shapes" is `two-shapes`. */
function headingsOf(page: URL): string[] {
  const headings = [...readFileSync(page, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, text]) => text!.toLowerCase());
  return headings.map((text) => text.replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-"));
}

describe("the README", () => {
  it("names every guide once", () => {
    const guides = read("README.md")
      .split("\n## ")
      .find((section) => section.startsWith("Guides\n"))!;
    const named = [...guides.matchAll(/\]\((docs\/[^)]+)\)/g)].map(([, to]) => to!);
    expect(named.toSorted()).toEqual(pages.filter((page) => page.startsWith("docs/")).toSorted());
  });

  it("of the package names every import path", () => {
    const listed = [...read("packages/apus/README.md").matchAll(/^\| `(apus[^`]*)`/gm)].map(([, path]) => path!);
    const { exports } = JSON.parse(read("packages/apus/package.json")) as { exports: object };
    const paths = Object.keys(exports).filter((path) => !path.endsWith(".json"));
    expect(listed.toSorted()).toEqual(paths.map((path) => path.replace(".", "apus")).toSorted());
  });
});

describe("the README's example", () => {
  /** Each shown request with the answer shown below it. */
  const shown = [...read("README.md").matchAll(/^\$ curl '?http:\/\/127\.0\.0\.1:8000(\S+?)'?\n(.+)$/gm)];

  it("shows requests", () => expect(shown.length).toBeGreaterThan(1));
  it.each(shown.map(([, path, body]) => [path!, body!]))("GET %s answers what it says", async (path, body) => {
    expect((await testClient(firstApp).get(path)).text).toBe(body);
  });
});

describe("the error reference", () => {
  const source = new URL("packages/apus/src/", root);
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  const codesIn = (text: string): string[] =>
    [...text.matchAll(/APUS_[A-Z_]+(?=: )|(?<== ")APUS_[A-Z_]+/g)].map(([code]) => code);
  const ofSource = new Set(files.flatMap((name) => codesIn(readFileSync(new URL(name, source), "utf8"))));

  it("has every code of the source, and no other", () => {
    const listed = [...read("docs/errors.md").matchAll(/^\| `(APUS_[A-Z_]+)`/gm)].map(([, code]) => code!);
    expect(listed.toSorted()).toEqual([...ofSource].toSorted());
  });
});

describe("the tables of options", () => {
  const [, ...sections] = read("docs/applications.md").split("\n## Options\n")[1]!.split("\n### Of ");
  /** The names in a section's first column; a row may have several. */
  const tables = new Map(
    sections.map((section) => [
      section.slice(0, section.indexOf("\n")),
      [...section.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell]) => cell!.match(/\w+/g)!),
    ]),
  );
  const listed = (...headings: string[]): string[] => headings.flatMap((heading) => tables.get(heading)!).toSorted();

  it.each([
    ["Apps", appOptions, ["Apps, routers and operations", "Apps and routers", "Apps alone"]],
    ["routers", routerOptions, ["Apps, routers and operations", "Apps and routers", "routers alone"]],
    ["operations", operationOptions, ["Apps, routers and operations", "operations alone"]],
    ["all three", sharedOptions, ["Apps, routers and operations"]],
  ])("have every option of %s, and no other", (_, options, headings) => {
    expect(listed(...headings)).toEqual(Object.keys(options).toSorted());
  });
});

describe("the client's example", () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => void (server = await serve(items, { port: 0, signals: false })));
  afterAll(() => server.close());

  it("reads a price", async () => expect(await priceOf(server.url, 1)).toBe(9.5));
  it("knows a declared error", async () => expect(await priceOf(server.url, 2)).toBeUndefined());
  it("knows invalid inputs", async () => {
    await expect(priceOf(server.url, 0)).rejects.toThrow("Input should be greater than or equal to 1");
  });
});
