// The program that every runtime runs with the installed package, as an ES module and as CommonJS, and what it has to say.
import { entries } from "./entries.mjs";

/** What the program loads, by the name that it gives it: every entry of the package, and zod. */
const modules = { ...Object.fromEntries(entries.map((entry) => [entry.replace(/^.*\//, ""), entry])), zod: "zod" };

const main = `
async function main() {
  const { App, get, post, router } = apus;
  const { z } = zod;
  const readItem = get("/items/{item_id}", { input: { item_id: z.int() } }, ({ item_id }) => ({ item_id }));
  const createItem = post("/items", { input: { item: z.object({ name: z.string() }) }, status: 201 }, ({ item }) => item);
  const app = new App({ title: "Hello", version: "1.0.0" }).include(router({ readItem, createItem }));
  app.get("/", () => ({ message: "Hello World" }));
  const running = await server.serve(app, { port: 0 });
  const ask = (path) => fetch(running.url + path);
  const page = await (await ask("/docs")).text();
  const files = [...page.matchAll(/(?:src|href)="([^"#]+\\.(?:js|css|png)[^"]*)"/g)].map(([, file]) => file);
  const assets = await Promise.all(files.map(async (file) => (await fetch(new URL(file, running.url + "/docs"))).status));
  const { get: call, post: send } = client.createClient({ baseUrl: running.url });
  const tester = testing.testClient(app);
  const said = {
    runtime: process.versions.bun === undefined ? process.version : "bun " + process.versions.bun,
    hello: await (await ask("/")).json(),
    item: await (await ask("/items/5")).json(),
    refused: (await ask("/items/five")).status,
    paths: Object.keys((await (await ask("/openapi.json")).json()).paths),
    page: files.length >= 2 && assets.every((status) => status === 200),
    read: (await call("/items/{item_id}", { path: { item_id: 7 } })).value,
    created: (await send("/items", { body: { name: "swift" } })).status,
    tested: (await tester.get("/items/8")).json(),
    empty: Object.entries({ ${Object.keys(modules).join(", ")} }).filter(([, names]) => Object.keys(names).length === 0),
  };
  await tester.close();
  await running.close();
  console.log(JSON.stringify(said));
}
main();
`;

/** File names and texts of the program. */
export const programs = {
  "hello.mjs": `${lines((name, from) => `import * as ${name} from "${from}";`)}${main}`,
  "hello.cjs": `${lines((name, from) => `const ${name} = require("${from}");`)}${main}`,
};

/** What the program prints. */
export const expected = {
  hello: { message: "Hello World" },
  item: { item_id: 5 },
  refused: 422,
  paths: ["/items/{item_id}", "/items", "/"],
  page: true,
  read: { item_id: 7 },
  created: 201,
  tested: { item_id: 8 },
  empty: [],
};

/** @param {(name: string, from: string) => string} line */
function lines(line) {
  return Object.entries(modules)
    .map(([name, from]) => line(name, from))
    .join("\n");
}
