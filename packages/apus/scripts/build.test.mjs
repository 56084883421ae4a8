// The build script on a small package of its own, beside which the repository's tools are installed.
import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "apus-build-"));
const folder = join(root, "packages/apus");

/** @param {string} path @param {string} text */
function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const door = (/** @type {string} */ source, /** @type {string} */ name) => ({
  "@apus/source": `./src/${source}.ts`,
  node: `./dist/node/${name}.js`,
  default: `./dist/${source}.js`,
});

/** A class that speaks of itself: bundlers give it a second name. */
const egg = `const made = new WeakSet<object>();
export class Egg {
  constructor() {
    made.add(this);
  }
  static fail(): never {
    throw new TypeError(\`no \${Egg.name}\`);
  }
  static isOne(value: object): boolean {
    return value instanceof Egg && made.has(value);
  }
}
`;
const index = `export { Egg } from "./bird/egg.ts";
export { swift } from "./bird/swift.ts";
`;
const nest = `import { Egg } from "../bird/egg.ts";
export const holds = (value: object): boolean => Egg.isOne(value);
`;

/** @param {string[]} given @returns {Promise<{ code: number | null, output: string }>} */
function build(...given) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, "scripts/build.mjs"), ...given], { cwd: tmpdir() });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.on("close", (code) => resolve({ code, output }));
  });
}

beforeAll(() => {
  for (const file of [
    "scripts/build.mjs",
    "scripts/bundle.mjs",
    "tsconfig.build.json",
    "src/openapi/pages/docs-assets.ts",
    "vendor",
  ]) {
    cpSync(join(repository, "packages/apus", file), join(folder, file), { recursive: true });
  }
  cpSync(join(repository, "tsconfig.base.json"), join(root, "tsconfig.base.json"));
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"), "junction");
  writeFileSync(join(root, "LICENSE"), "the licence\n");
  const exports = { ".": door("index", "index"), "./nest": door("nest/index", "nest") };
  write("package.json", JSON.stringify({ name: "apus", type: "module", sideEffects: false, exports }));
  write("src/index.ts", index);
  write("src/nest/index.ts", nest);
  write("src/bird/egg.ts", egg);
  write("src/cli/index.ts", 'export const later = () => import("./reload/app-process.ts");\n');
  write("src/cli/reload/app-process.ts", "export const here: string = import.meta.url;\n");
  write("src/bird/swift.ts", 'export const swift: string = "Apus apus";\n');
  write("src/bird/swift.test.ts", 'import { swift } from "./swift.ts";\nconsole.log(swift);\n');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test("--assets copies the files of Swagger UI and ReDoc with their licences, and no more", async () => {
  expect(await build("--assets")).toEqual({ code: 0, output: "" });
  expect(readdirSync(join(folder, "assets/swagger-ui")).toSorted()).toEqual([
    "LICENSE",
    "NOTICE",
    "VERSION",
    "favicon-32x32.png",
    "swagger-ui-bundle.js",
    "swagger-ui-bundle.js.LICENSE.txt",
    "swagger-ui.css",
  ]);
  expect(readdirSync(join(folder, "assets/redoc")).toSorted()).toEqual([
    "LICENSE",
    "THIRD-PARTY-LICENSES.txt",
    "redoc.standalone.js",
    "redoc.standalone.js.LICENSE.txt",
  ]);
  expect(existsSync(join(folder, "dist"))).toBe(false);
});

test("compiles without tests and without a word, with maps that find the source", async () => {
  write("dist/gone/old.js", "");
  expect(await build()).toEqual({ code: 0, output: "" });
  expect(readdirSync(join(folder, "dist")).toSorted()).toEqual([
    "bird",
    "index.d.ts",
    "index.d.ts.map",
    "index.js",
    "index.js.map",
    "nest",
    "node",
    "openapi",
  ]);
  expect(readdirSync(join(folder, "dist/bird")).toSorted()).toEqual([
    "egg.d.ts",
    "egg.d.ts.map",
    "egg.js",
    "egg.js.map",
    "swift.d.ts",
    "swift.d.ts.map",
    "swift.js",
    "swift.js.map",
  ]);
  expect(readFileSync(join(folder, "dist/index.js"), "utf8")).toContain('from "./bird/swift.js"');
  for (const map of ["swift.js.map", "swift.d.ts.map"]) {
    const { sources } = JSON.parse(readFileSync(join(folder, "dist/bird", map), "utf8"));
    expect(join(folder, "dist/bird", sources[0])).toBe(join(folder, "src/bird/swift.ts"));
  }
  expect(readFileSync(join(folder, "LICENSE"), "utf8")).toBe("the licence\n");
});

test("bundles for Node: one copy of what is shared, names and lines as in the source", async () => {
  const files = readdirSync(join(folder, "dist/node")).filter((name) => name.endsWith(".js"));
  expect(files.toSorted()).toEqual(["app-process.js", "cli.js", "core.js", "index.js", "nest.js"]);
  const program = `
    import { Egg, swift } from "./dist/node/index.js";
    import { holds } from "./dist/node/nest.js";
    import { later } from "./dist/node/cli.js";
    let stack;
    try {
      Egg.fail();
    } catch (error) {
      stack = error.stack;
    }
    const said = { swift, name: Egg.name, holds: holds(new Egg()), stack, here: (await later()).here };
    console.log(JSON.stringify(said));`;
  const args = ["--enable-source-maps", "--input-type=module", "--eval", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  const { stack, here, ...said } = JSON.parse(stdout);
  expect(said).toEqual({ swift: "Apus apus", name: "Egg", holds: true });
  expect(here).toBe(pathToFileURL(join(folder, "dist/node/app-process.js")).href);
  const throwing = egg.split("\n").findIndex((line) => line.includes("throw")) + 1;
  expect(stack.split("\n", 2)).toEqual([
    "TypeError: no Egg",
    expect.stringContaining(`${join(folder, "src/bird/egg.ts")}:${throwing}:11`),
  ]);
});

test.each([
  [
    "class Egg {}\nexport const other = Egg;\n",
    "Two classes are called Egg, and one of them would be Egg2 in dist/node/core.js: rename one.\n",
  ],
  [
    "export class Egg {}\nexport const other = Egg;\n",
    "Two modules of the core export Egg, and both are imported by other rooms: rename one.\n",
  ],
])("a second meaning of a name is refused: %s", async (other, message) => {
  write("src/bird/other.ts", other);
  write("src/index.ts", 'export { Egg } from "./bird/egg.ts";\nexport { other } from "./bird/other.ts";\n');
  const { code, output } = await build();
  rmSync(join(folder, "src/bird/other.ts"));
  write("src/index.ts", index);
  expect({ code, output }).toEqual({ code: 1, output: message });
});

test("a second build leaves equal files alone, also when two run at once", async () => {
  expect(await build()).toEqual({ code: 0, output: "" });
  const before = statSync(join(folder, "dist/index.js")).mtimeMs;
  expect(await Promise.all([build(), build()])).toEqual([
    { code: 0, output: "" },
    { code: 0, output: "" },
  ]);
  expect(statSync(join(folder, "dist/index.js")).mtimeMs).toBe(before);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a compile error is shown, and the last build stays", async () => {
  write("src/bird/wrong.ts", 'export const wrong: number = "text";\n');
  const { code, output } = await build();
  rmSync(join(folder, "src/bird/wrong.ts"));
  expect(code).toBe(1);
  expect(output).toMatch(/^packages\/apus\/src\/bird\/wrong\.ts\(1,14\): error TS2322: /);
  expect(readdirSync(join(folder, "dist/bird"))).toHaveLength(8);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("another version of Swagger UI than the source names is refused", async () => {
  const file = join(folder, "src/openapi/pages/docs-assets.ts");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/swaggerUiVersion = "[^"]+"/, 'swaggerUiVersion = "4.0.0"'));
  const { code, output } = await build("--assets");
  writeFileSync(file, text);
  expect(code).toBe(1);
  expect(output).toMatch(
    /^swagger-ui-dist [\d.]+ is installed, but .*docs-assets\.ts says 4\.0\.0: make them equal\.\n$/,
  );
});

test("ReDoc's script is the vendored one without the picture of another server", () => {
  const vendored = readFileSync(join(folder, "vendor/redoc/redoc.standalone.js"), "utf8");
  const served = readFileSync(join(folder, "assets/redoc/redoc.standalone.js"), "utf8");
  const start = vendored.indexOf('n.createElement("img",{alt:"redocly logo"');
  const end = vendored.indexOf("})", start) + 2;
  expect(vendored.slice(start, end)).toContain("https://cdn.redoc.ly/");
  expect(served === `${vendored.slice(0, start)}null${vendored.slice(end)}`).toBe(true);
});

test.each([
  [
    "redoc.standalone.js",
    (text) => `${text} `,
    /^vendor\/redoc\/redoc\.standalone\.js has the SHA-256 [\da-f]{64}, but/,
  ],
  [
    "README.md",
    (text) => text.replace("# ReDoc ", "# ReDoc 9."),
    /^vendor\/redoc\/README\.md is not about ReDoc [\d.]+,/,
  ],
])("another %s in vendor/redoc than the source names is refused", async (name, changed, message) => {
  const file = join(folder, "vendor/redoc", name);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, changed(text));
  const { code, output } = await build("--assets");
  writeFileSync(file, text);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(message) });
});

test("an unknown option is refused", async () => {
  const { code, output } = await build("--fast");
  expect(code).toBe(1);
  expect(output).toMatch(/^Unknown option '--fast'/);
});
