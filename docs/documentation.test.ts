// Every snippet of the documentation is a file that is compiled and tested, and what it is said to answer is what it answers.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { serve } from "apus/server";
import { testClient } from "apus/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
  it.each(pages)("%s links only to files that exist", (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to]) => to!);
    const folder = new URL(page, root);
    expect(links.filter((link) => !existsSync(new URL(link, folder)))).toEqual([]);
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
