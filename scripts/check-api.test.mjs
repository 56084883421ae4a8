// Shows what the committed declarations of an entry hold, which changes they show and which they do not.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lineDifference } from "./api/line-difference.mjs";
import { checkApi, declarationsOf } from "./check-api.mjs";
import { compilers } from "./check-types.mjs";
import { run } from "./run.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

const entry = (/** @type {string} */ stem) => ({ types: `./dist/${stem}.d.ts` });
const files = {
  "package.json": JSON.stringify({
    name: "bird",
    type: "module",
    exports: { ".": entry("index"), "./nest": entry("nest/index"), "./package.json": "./package.json" },
  }),
  "tsconfig.build.json": JSON.stringify({
    compilerOptions: {
      module: "nodenext",
      target: "es2023",
      strict: true,
      declaration: true,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: true,
      rootDir: "src",
      types: [],
    },
    include: ["src"],
  }),
  "node_modules/tree/package.json": JSON.stringify({ name: "tree", type: "module", types: "./index.d.ts" }),
  "node_modules/tree/index.d.ts": "export interface Branch { readonly length: number }\n",
  "src/index.ts": `export { fly, Swift } from "./swift.ts";\nexport type { Speed as Velocity } from "./swift.ts";\n`,
  "src/swift.ts": `import type { Branch } from "tree";
/** Metres per second. */
export type Speed = Shape<number>;
type Shape<T> = { readonly value: T };
/** Never lands. */
export class Swift {
  #height = 1;
  readonly perch: Branch | undefined;
  rise(by: Speed): void { this.#height += by.value; }
}
/** @returns Where it is. */
export function fly(swift: Swift): { readonly at: Speed };
export function fly(swift: Swift, by: Speed): { readonly at: Speed };
export function fly(_swift: Swift, at: Speed = { value: 31 }): { readonly at: Speed } { return { at }; }
`,
  "src/nest/index.ts": `import { fly } from "../swift.ts";
import { Swift } from "../swift.ts";
type Shape = "round" | "flat";
export interface Nest { readonly shape: Shape; readonly of: Swift }
export const build = (of: Swift, shape: Shape = "round") => ({ shape, of, at: fly(of) });
`,
};

const index = `// What \`bird\` declares, without comments. Made by \`npm run api\`, compared by \`npm run check -- api\`.
import type { Branch } from "tree";

export declare class Swift {
  #private;
  readonly perch: Branch | undefined;
  rise(by: Velocity): void;
}
export type Velocity = Shape<number>;
export declare function fly(swift: Swift): {
  readonly at: Velocity;
};
export declare function fly(
  swift: Swift,
  by: Velocity,
): {
  readonly at: Velocity;
};

// What the above is made of.
type Shape<T> = {
  readonly value: T;
};

export {};
`;

test("an entry's file holds what users see, with the names that they see", async () => {
  const made = await declarationsOf(temporaryFolder(files));
  expect([...made.keys()]).toEqual(["index.d.ts", "nest.d.ts"]);
  expect(made.get("index.d.ts")).toBe(index);
});

test("what the main entry exports is imported from it, and a name is found wherever it is declared", async () => {
  const text = (await declarationsOf(temporaryFolder(files))).get("nest.d.ts");
  expect(text).toContain(`import type { Swift, Velocity } from "bird";`);
  expect(text).toContain("export interface Nest {\n  readonly shape: Shape;\n  readonly of: Swift;\n}");
  expect(text).toContain(`type Shape = "round" | "flat";`);
  expect(text).not.toContain(".ts");
});

test("two inner declarations of one name are told apart", async () => {
  const folder = temporaryFolder({
    ...files,
    "src/index.ts": `export { a } from "./a.ts";\nexport { b } from "./b.ts";\n`,
    "src/a.ts": `type Inner = "a";\nexport declare const a: Inner;\n`,
    "src/b.ts": `type Inner = "b";\nexport declare const b: Inner;\n`,
  });
  const text = (await declarationsOf(folder)).get("index.d.ts");
  expect(text).toContain("export declare const a: Inner;\nexport declare const b: Inner2;");
  expect(text).toContain(`type Inner = "a";\ntype Inner2 = "b";`);
});

/** A package with its declarations committed, and then other files. @param {Record<string, string>} later */
async function changed(later) {
  const folder = temporaryFolder(files);
  mkdirSync(join(folder, "api"));
  for (const [name, text] of await declarationsOf(folder)) writeFileSync(join(folder, "api", name), text);
  for (const [path, text] of Object.entries(later)) writeFileSync(join(folder, path), text);
  return (await checkApi(folder)).failures;
}

test("a change that users see is shown, with the command that commits it", async () => {
  const swift = files["src/swift.ts"].replace(
    "readonly perch: Branch | undefined",
    "readonly perch: Branch | null = null",
  );
  expect(await changed({ "src/swift.ts": swift })).toEqual([
    `api/index.d.ts:
  …
    export declare class Swift {
      #private;
  -   readonly perch: Branch | undefined;
  +   readonly perch: Branch | null;
      rise(by: Velocity): void;
    }`,
    expect.stringContaining("`npm run api`"),
  ]);
});

test("comments, bodies and where a declaration stands are nothing that users see", async () => {
  const [before, after] = files["src/swift.ts"].split("/** Never lands. */");
  const swift = `${before}// Rests on nothing.${after}`.replace("value: 31", "value: 30");
  expect(await changed({ "src/swift.ts": swift })).toEqual([]);
});

test("a file without an entry, and an entry without a file, are found", async () => {
  const manifest = { name: "bird", type: "module", exports: { ".": entry("index"), "./perch": entry("nest/index") } };
  expect(await changed({ "package.json": JSON.stringify(manifest) })).toEqual([
    expect.stringContaining("api/perch.d.ts:\n  there is no such file yet"),
    "api/nest.d.ts: there is no such entry any more.",
    expect.stringContaining("`npm run api`"),
  ]);
});

test("declarations that do not compile are no declarations", async () => {
  const folder = temporaryFolder({ ...files, "src/index.ts": `export const a: number = "text";\n` });
  await expect(declarationsOf(folder)).rejects.toThrow(/do not compile:\nsrc\/index\.ts\(1,14\): error TS2322/);
});

test("a difference shows a few lines around each change", () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
  const after = lines.with(3, "other").toSpliced(15, 1);
  expect(lineDifference(lines.join("\n"), after.join("\n"), 1)).toEqual([
    "…",
    "  line 2",
    "- line 3",
    "+ other",
    "  line 4",
    "…",
    "  line 14",
    "- line 15",
    "  line 16",
  ]);
  expect(lineDifference("same", "same")).toEqual([]);
});

test("the committed declarations of this repository are whole: they compile by themselves", async () => {
  const api = fileURLToPath(new URL("../packages/apus/api", import.meta.url));
  const { compilerOptions } = JSON.parse(readFileSync(new URL("../tsconfig.base.json", import.meta.url), "utf8"));
  const folder = temporaryFolder({
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        ...compilerOptions,
        types: [],
        skipLibCheck: false,
        paths: { apus: [join(api, "index.d.ts")] },
      },
      include: [api],
    }),
  });
  const args = [compilers[0]?.path ?? "", "--project", folder, "--pretty", "false"];
  expect(await run(process.execPath, args, { cwd: folder })).toEqual({ code: 0, output: "" });
});
