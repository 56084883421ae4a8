// Writes the TypeScript projects whose checking is measured: plain create, read, update and delete operations as a user
// writes them, each standing on a dependency, in three stages that build on each other.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Operations of one resource: list, create, read, update, delete. */
export const OPERATIONS_PER_RESOURCE = 5;

/**
 * What a project holds: "base" has schemas, errors and dependencies only; "operations" adds the operations, their
 * routers and the app; "client" adds a typed client that calls every operation once.
 *
 * @typedef {"base" | "operations" | "client"} Stage
 */

const options = {
  target: "ES2023",
  lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable", "ESNext.Disposable"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

const dependencies = `import { depends, header, httpError } from "apus";
import { z } from "zod";

export const NotAuthenticated = httpError(401, "Not authenticated");
export const NotFound = httpError(404, "Not found");

export interface Table<Row> {
  list(skip: number, limit: number): Promise<Row[]>;
  find(id: number): Promise<Row | undefined>;
  save(row: Omit<Row, "id"> & { id?: number }): Promise<Row>;
  remove(id: number): Promise<void>;
}
export interface Database {
  table<Row>(name: string): Table<Row>;
}
declare const connection: Database;

export const session = depends(async function* () {
  yield connection;
});
export const currentUser = depends(
  { token: header(z.string()), session },
  async ({ token, session }) => ({ email: token, database: session }),
  { errors: [NotAuthenticated] },
);
`;

const schemas = (n) => `import { z } from "zod";

export const NewThing${n} = z.object({
  name: z.string().min(1).max(100),
  description: z.string().max(1000).optional(),
  price: z.number().gt(0),
  stock${n}: z.int().min(0).default(0),
  tags: z.array(z.string()).default([]),
});
export const Thing${n} = NewThing${n}.extend({ id: z.int() });
export const Things${n} = z.array(Thing${n});
export type Thing${n} = z.output<typeof Thing${n}>;
`;

const operations = (n) => `import { del, get, post, put } from "apus";
import { z } from "zod";
import { currentUser, NotFound } from "./dependencies.ts";
import { NewThing${n}, Thing${n}, Things${n} } from "./schemas${n}.ts";

export const listThings = get(
  "/things${n}",
  {
    input: { skip: z.int().min(0).default(0), limit: z.int().min(1).max(100).default(100), user: currentUser },
    output: Things${n},
  },
  async ({ skip, limit, user }) => user.database.table<Thing${n}>("things${n}").list(skip, limit),
);
export const createThing = post(
  "/things${n}",
  { input: { thing: NewThing${n}, user: currentUser }, output: Thing${n}, status: 201 },
  async ({ thing, user }) => user.database.table<Thing${n}>("things${n}").save(thing),
);
export const readThing = get(
  "/things${n}/{id}",
  { input: { id: z.int().min(1), user: currentUser }, output: Thing${n}, errors: [NotFound] },
  async ({ id, user }) => {
    const thing = await user.database.table<Thing${n}>("things${n}").find(id);
    if (!thing) throw new NotFound();
    return thing;
  },
);
export const updateThing = put(
  "/things${n}/{id}",
  { input: { id: z.int().min(1), thing: NewThing${n}, user: currentUser }, output: Thing${n}, errors: [NotFound] },
  async ({ id, thing, user }) => user.database.table<Thing${n}>("things${n}").save({ ...thing, id }),
);
export const deleteThing = del(
  "/things${n}/{id}",
  { input: { id: z.int().min(1), user: currentUser }, errors: [NotFound], status: 204 },
  async ({ id, user }) => {
    await user.database.table<Thing${n}>("things${n}").remove(id);
  },
);
`;

const app = (count) => `import { App, router } from "apus";
${each(count, (n) => `import * as things${n} from "./operations${n}.ts";`)}

export const api = router(
  {
${each(count, (n) => `    things${n}: router(things${n}, { tags: ["things${n}"] }),`)}
  },
  { prefix: "/api/v1" },
);
export const app = new App({ title: "Things", version: "1.0.0" }).include(api);
`;

const client = (count) => `import { createClient } from "apus/client";
import type { api } from "./app.ts";

const client = createClient<typeof api>({ baseUrl: "http://127.0.0.1:8000" });
const headers = { token: "secret" };
${each(
  count,
  (n) => `
export async function use${n}(): Promise<string> {
  const listed = await client.get("/api/v1/things${n}", { query: { limit: 10 }, headers });
  const made = await client.post("/api/v1/things${n}", { body: { name: "A", price: 1 }, headers });
  const read = await client.get("/api/v1/things${n}/{id}", { path: { id: 1 }, headers });
  const updated = await client.put("/api/v1/things${n}/{id}", { path: { id: 1 }, body: { name: "B", price: 2 }, headers });
  const removed = await client.delete("/api/v1/things${n}/{id}", { path: { id: 1 }, headers });
  const first: string | undefined = listed.ok ? listed.value[0]?.name : undefined;
  const stock: number = made.ok ? made.value.stock${n} : 0;
  const tags: string[] = read.ok ? read.value.tags : [];
  const id: number = updated.ok ? updated.value.id : 0;
  return [first, stock, ...tags, id, removed.ok].join();
}`,
)}
`;

function each(count, write) {
  return Array.from({ length: count }, (_, n) => write(n)).join("\n");
}

/**
 * Writes a project.
 *
 * @param {string} folder created if missing; must lie below the repository's root so that "apus" and "zod" are found
 * @param {Stage} stage
 * @param {number} count how many operations, rounded up to whole resources
 * @returns {number} how many operations it describes
 */
export function writeProject(folder, stage, count) {
  mkdirSync(folder, { recursive: true });
  const write = (name, text) => writeFileSync(join(folder, name), text);
  const resources = Math.ceil(count / OPERATIONS_PER_RESOURCE);
  write("package.json", JSON.stringify({ private: true, type: "module" }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
  write("dependencies.ts", dependencies);
  // The base reads the same declaration files as the stages above it, so that their cost is not counted as the operations'.
  write("imports.ts", 'export type * as framework from "apus";\nexport type * as client from "apus/client";\n');
  for (let n = 0; n < resources; n += 1) {
    write(`schemas${n}.ts`, schemas(n));
    if (stage !== "base") write(`operations${n}.ts`, operations(n));
  }
  if (stage !== "base") write("app.ts", app(resources));
  if (stage === "client") write("client.ts", client(resources));
  return resources * OPERATIONS_PER_RESOURCE;
}
