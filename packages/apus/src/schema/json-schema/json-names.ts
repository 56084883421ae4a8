/**
 * Gives the components of a document their names: one entry for both directions where they agree, `-Input` and `-Output`
 * where they differ or refer to what differs (contract of FastAPI, section 11.7). What nothing refers to is left out.
 */
import { ApusError } from "../../diagnostic/index.ts";
import type { Direction, JsonSchema } from "./json-schema-types.ts";

/** A component by direction, with references that still have to be named. */
type Described = { readonly [D in Direction]?: JsonSchema | undefined };

const scheme = "apus-component:";
const prefix = "#/components/schemas/";

/** A reference whose final name is not known yet. */
export function provisional(direction: Direction, id: string): string {
  return `${scheme}${direction}:${id}`;
}

/** The final reference to a component whose name is fixed. */
export function reference(id: string): { $ref: string } {
  return { $ref: prefix + id };
}

/** A component name as OpenAPI allows it: `Page[Item]` is `Page_Item_`, as in FastAPI. */
export function componentName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9._-]/g, "_");
}

interface Reference {
  readonly direction: Direction;
  readonly id: string;
}

function parse(value: unknown): Reference | undefined {
  if (typeof value !== "string" || !value.startsWith(scheme)) return undefined;
  const rest = value.slice(scheme.length);
  const colon = rest.indexOf(":");
  return { direction: rest.slice(0, colon) as Direction, id: rest.slice(colon + 1) };
}

/**
 * Names every reference in `document`, and the components it leads to, sorted by name.
 * @param wanted Ids that are no names yet, with the name that each would like.
 */
export function nameComponents<T>(
  document: T,
  components: ReadonlyMap<string, Described>,
  fixed: ReadonlyMap<string, JsonSchema>,
  wanted: ReadonlyMap<string, string | undefined>,
): { document: T; schemas: Record<string, JsonSchema> } {
  const reached = reachable([document, [...fixed.values()]], components);
  const split = splitting(reached);
  const names = givenNames(reached, fixed, wanted);
  const named = (value: unknown): unknown => rename(value, split, names);
  const schemas = new Map([...fixed].map(([id, schema]) => [id, named(schema) as JsonSchema]));
  for (const [key, { input, output }] of reached) {
    const id = names.get(key) ?? key;
    const entries: [string, JsonSchema | undefined][] = split.has(key)
      ? [
          [`${id}-Input`, input],
          [`${id}-Output`, output],
        ]
      : [[id, input ?? output]];
    for (const [name, schema] of entries) {
      if (schemas.has(name)) {
        throw new ApusError(
          `APUS_DUPLICATE_COMPONENT: "${id}" differs between what is sent and what is answered, so it becomes two components, and another schema is called "${name}" already. Give one of them another id.`,
        );
      }
      schemas.set(name, named(schema) as JsonSchema);
    }
  }
  const sorted = [...schemas].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { document: named(document) as T, schemas: Object.fromEntries(sorted) };
}

/** The names of those that have none: in the order of what they are, so that it does not matter where they are met first. */
function givenNames(
  reached: ReadonlyMap<string, Described>,
  fixed: ReadonlyMap<string, JsonSchema>,
  wanted: ReadonlyMap<string, string | undefined>,
): Map<string, string> {
  const taken = new Set([...fixed.keys(), ...[...reached.keys()].filter((id) => !wanted.has(id))]);
  const unnamed = [...reached]
    .filter(([id]) => wanted.has(id))
    .map(([id, described]) => ({ id, content: JSON.stringify(replace(described, (to) => wanted.get(to.id) ?? "")) }))
    .toSorted((a, b) => (a.content < b.content ? -1 : a.content > b.content ? 1 : 0));
  const names = new Map<string, string>();
  for (const { id } of unnamed) {
    const stem = wanted.get(id);
    let name = stem ?? "Recursive1";
    for (let count = 1; taken.has(name); count++) name = `${stem ?? "Recursive"}${count}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

function* referencesIn(root: unknown): Generator<Reference> {
  const open = [root];
  for (let at = open.pop(); open.length > 0 || at !== undefined; at = open.pop()) {
    const found = parse(at);
    if (found !== undefined) yield found;
    else if (typeof at === "object" && at !== null) open.push(...(Object.values(at) as unknown[]).filter(Boolean));
  }
}

/** The components that something leads to, in the directions it does. */
function reachable(root: unknown, components: ReadonlyMap<string, Described>): Map<string, Described> {
  const found = new Map<string, { -readonly [D in Direction]?: JsonSchema | undefined }>();
  const open: unknown[] = [root];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { direction, id } of referencesIn(at)) {
      let entry = found.get(id);
      if (entry === undefined) found.set(id, (entry = {}));
      if (entry[direction] !== undefined) continue;
      entry[direction] = components.get(id)?.[direction] ?? {};
      open.push(entry[direction]);
    }
  }
  return found;
}

/** The ids whose two directions differ, and those that refer to one of them. */
function splitting(components: ReadonlyMap<string, Described>): Set<string> {
  const split = new Set<string>();
  const usedBy = new Map<string, string[]>();
  const open: string[] = [];
  for (const [id, { input, output }] of components) {
    if (input === undefined || output === undefined) continue;
    if (JSON.stringify(undirected(input)) !== JSON.stringify(undirected(output))) open.push(id);
    for (const used of referencesIn([input, output])) {
      const users = usedBy.get(used.id);
      if (users === undefined) usedBy.set(used.id, [id]);
      else users.push(id);
    }
  }
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (split.has(id)) continue;
    split.add(id);
    open.push(...(usedBy.get(id) ?? []));
  }
  return split;
}

function undirected(value: unknown): unknown {
  return replace(value, ({ id }) => id);
}

function rename(value: unknown, split: ReadonlySet<string>, names: ReadonlyMap<string, string>): unknown {
  const suffixes = { input: "-Input", output: "-Output" };
  const nameOf = (id: string): string => names.get(id) ?? id;
  return replace(value, ({ direction, id }) => prefix + nameOf(id) + (split.has(id) ? suffixes[direction] : ""));
}

/** A copy with every reference replaced; keys without a value, or with null, are left out, as FastAPI does in the whole document. */
function replace(value: unknown, by: (found: Reference) => string): unknown {
  const found = parse(value);
  if (found !== undefined) return by(found);
  if (Array.isArray(value)) return value.map((each) => replace(each, by));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, replace(each, by)]));
}
