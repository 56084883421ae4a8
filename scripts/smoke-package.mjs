// Packs the npm package as it would be published, installs it in an empty folder and uses it there as a newcomer would.
// `npm run build` must have run. `node scripts/smoke-package.mjs [FILE]` writes the counts to FILE.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { compilers } from "./check-types.mjs";
import { run } from "./run.mjs";
import { smokeChecks } from "./smoke-checks.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(realpathSync(tmpdir()), "apus-smoke-"));
const { check, end } = smokeChecks(process.argv[2]);

const hello = `import { App, get } from "apus";
import { serve } from "apus/server";
import { createClient } from "apus/client";
import { testClient } from "apus/testing";
import { z } from "zod";

const readItem = get("/items/{item_id}", { input: { item_id: z.int() } }, ({ item_id }) => ({ item_id }));
const app = new App({ title: "Hello", version: "1.0.0" }).include({ readItem });
app.get("/", () => ({ message: "Hello World" }));
`;
const server = `${hello}
const { url } = await serve(app, { port: 0 });
console.log(JSON.stringify({ url, others: [typeof createClient, typeof testClient] }));
`;
const wrong = `${hello}
get("/items/{item_id}", { input: { item_id: z.int() } }, ({ item_id }) => item_id.toUpperCase());
`;
/** Answers one request, and tells which of Node's own modules it took. Tells it without node:http's client, which takes more. */
const light = `import { App } from "apus";
import { serve } from "apus/server";

const app = new App();
app.get("/", () => ({ message: "Hello World" }));
const { port, close } = await serve(app, { port: 0 });
const { connect } = process.getBuiltinModule("node:net");
const answer = await new Promise((resolve) => {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8").on("data", (piece) => (text += piece)).once("close", () => resolve(text));
  socket.write("GET / HTTP/1.1\\r\\nhost: localhost\\r\\nconnection: close\\r\\n\\r\\n");
});
await close();
console.log(JSON.stringify({ answer, loaded: process.moduleLoadList }));
`;
/** What a library built on Apus exports: its declarations must be able to name every type. */
const library = `import { App, depends, get, httpError, router } from "apus";
import { createClient } from "apus/client";
import { testClient } from "apus/testing";
import { z } from "zod";

export const NotFound = httpError(404, "Not found");
export const session = depends(async function* () {
  yield { find: (id: number) => ({ id, name: "Ada" }) };
});
export const user = depends({ session, user_id: z.int() }, ({ session, user_id }) => session.find(user_id), { errors: [NotFound] });
export const readUser = get("/users/{user_id}", { input: { user }, output: z.object({ name: z.string() }) }, ({ user }) => user);
export const api = router({ users: router({ readUser }, { tags: ["users"] }) }, { prefix: "/api" });
export const app = new App({ title: "Library", version: "1.0.0" }).include(api);
export const client = createClient<typeof api>({ baseUrl: "http://127.0.0.1" });
export const tester = () => testClient(app);
`;

/**
 * Runs a program in the folder and fails with what it wrote unless it ends with 0.
 *
 * @param {string} file
 * @param {string[]} args
 */
async function succeed(file, ...args) {
  const { code, output } = await run(file, args, { cwd: folder });
  assert.equal(code, 0, `${file} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

/** @type {import("node:child_process").ChildProcess | undefined} */
let child;
try {
  /** @type {string[]} */
  let packed = [];
  const tarball = await check("npm pack", async () => {
    const { code, output } = await run("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], {
      cwd: join(root, "packages/apus"),
    });
    assert.equal(code, 0, output);
    const [{ filename, files }] = JSON.parse(output.slice(output.indexOf("[")));
    packed = files.map((/** @type {{ path: string }} */ { path }) => path);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const { version: zod } = JSON.parse(readFileSync(join(root, "node_modules/zod/package.json"), "utf8"));
    await succeed("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", `./${filename}`, `zod@${zod}`);
  });
  if (tarball) {
    const installed = join(folder, "node_modules/apus");
    await check("the package carries the licence and the notices", () => {
      for (const file of ["LICENSE", "NOTICE"])
        assert.equal(readFileSync(join(installed, file), "utf8"), readFileSync(join(root, file), "utf8"), file);
    });
    await check("the package carries no tests", () => {
      assert.deepEqual(
        packed.filter((path) => /\.(test|test-d)\.|^test\//.test(path)),
        [],
      );
    });
    await check("everything that exports and source maps name is in the package", () => {
      const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
      const targets = Object.values(exports).flatMap((target) =>
        typeof target === "string" ? [target] : Object.values(/** @type {Record<string, string>} */ (target)),
      );
      const sources = packed
        .filter((path) => path.endsWith(".map"))
        .flatMap((path) => {
          const map = JSON.parse(readFileSync(join(installed, path), "utf8"));
          return map.sources.map((/** @type {string} */ source) => posix.join(posix.dirname(path), source));
        });
      const named = [...targets.map((path) => posix.normalize(path)), ...sources];
      assert.deepEqual(
        named.filter((path) => !packed.includes(path)),
        [],
      );
    });
    await check("require() finds the package too", () =>
      succeed(
        process.execPath,
        "--input-type=commonjs",
        "-e",
        `if (typeof require("apus").App !== "function") process.exit(1);`,
      ),
    );
    writeFileSync(join(folder, "hello.mjs"), server);
    writeFileSync(join(folder, "hello.ts"), server);
    writeFileSync(join(folder, "wrong.ts"), wrong);
    writeFileSync(join(folder, "library.ts"), library);
    for (const { path, major } of compilers) {
      const tsc = [path, "--strict", "--module", "nodenext", "--target", "es2023", "--lib", "es2023,dom"];
      tsc.push("--skipLibCheck", "--pretty", "false");
      await check(`TypeScript ${major} finds the types`, () =>
        succeed(process.execPath, ...tsc, "--noEmit", "hello.ts"),
      );
      await check(`TypeScript ${major} names the types in a library's declarations`, () =>
        succeed(
          process.execPath,
          ...tsc,
          "--declaration",
          "--emitDeclarationOnly",
          "--outDir",
          `types${major}`,
          "library.ts",
        ),
      );
      await check(`TypeScript ${major} infers the handler's input`, async () => {
        const { output } = await run(process.execPath, [...tsc, "--noEmit", "wrong.ts"], { cwd: folder });
        assert.match(
          output,
          /^wrong\.ts\(\d+,\d+\): error TS2339: Property 'toUpperCase' does not exist on type 'number'/,
        );
      });
    }

    let url = "";
    await check("hello starts", async () => {
      child = spawn(process.execPath, ["hello.mjs"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
      for await (const chunk of child.stdout ?? []) {
        const line = JSON.parse(String(chunk));
        url = line.url;
        assert.deepEqual(line.others, ["function", "function"]);
        break;
      }
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    });
    await check("hello loads neither Node's HTTP server and fetch nor its cryptography and compression", async () => {
      writeFileSync(join(folder, "light.mjs"), light);
      const { answer, loaded } = JSON.parse(await succeed(process.execPath, "light.mjs"));
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
      assert.ok(loaded.includes("NativeModule net"), "this Node does not tell what it has loaded");
      // An import of node:http brings all of it on Node 22.5 and later; `engine: "node:http"` loads it without the rest.
      assert.deepEqual(
        loaded.filter((/** @type {string} */ each) => /undici|crypto\/|\bzlib$|_http_/.test(each)),
        [],
      );
    });
    await check("GET / says hello", async () => {
      assert.deepEqual(await (await fetch(url)).json(), { message: "Hello World" });
    });
    await check("GET /items/5 reads a number, GET /items/five is refused", async () => {
      assert.deepEqual(await (await fetch(`${url}/items/5`)).json(), { item_id: 5 });
      assert.equal((await fetch(`${url}/items/five`)).status, 422);
    });
    await check("GET /openapi.json is the document", async () => {
      const document = /** @type {{ paths: object }} */ (await (await fetch(`${url}/openapi.json`)).json());
      assert.deepEqual(Object.keys(document.paths).toSorted(), ["/", "/items/{item_id}"]);
    });
    await check("GET /docs is a page whose files are in the package", async () => {
      const page = await (await fetch(`${url}/docs`)).text();
      const files = [...page.matchAll(/(?:src|href)="([^"#]+\.(?:js|css|png)[^"]*)"/g)].map(([, file]) => file ?? "");
      assert.ok(files.length >= 2, page);
      for (const file of files) assert.equal((await fetch(new URL(file, `${url}/docs`))).status, 200, file);
    });
  }
} finally {
  child?.kill();
  rmSync(folder, { recursive: true });
  end();
}
