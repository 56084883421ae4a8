// Finds the App among what a module exports, in FastAPI's order.
import { CliError } from "./cli-error.ts";
import type { AppDescription } from "./routes-text.ts";
import { said } from "./printable.ts";

/** What the command line needs of an App. It is told by its shape, because a global `apus` and the project's package are two copies. */
interface RunnableApp {
  fetch(request: Request): Response | Promise<Response>;
  openapi(): unknown;
  /** These two are undefined in copies that are older than this command line. */
  asyncapi?(): unknown;
  describe?(options: { readonly code: boolean }): AppDescription;
  readonly docsUrl?: string | null | undefined;
}

export interface FoundApp {
  readonly app: RunnableApp;
  /** The export it was found under, as a person would write it. */
  readonly name: string;
}

function isApp(value: unknown): value is RunnableApp {
  if (typeof value !== "object" || value === null) return false;
  const candidate = value as Partial<Record<"fetch" | "openapi" | "include", unknown>>;
  return (
    typeof candidate.fetch === "function" &&
    typeof candidate.openapi === "function" &&
    typeof candidate.include === "function"
  );
}

/**
 * The App that the module exports: the one called `name` if given, else `app`, `api`, `default`, else the first that is one.
 *
 * @param file The module as the person knows it, for messages.
 * @throws CliError, not fatal: the next save may add it.
 */
export function findApp(exported: Readonly<Record<string, unknown>>, file: string, name: string | undefined): FoundApp {
  const values = exportsOf(exported);
  if (name !== undefined) {
    if (!values.has(name)) {
      throw new CliError(said`${file} has no export "${name}". ${listed(values)}`, { fatal: false });
    }
    const value = values.get(name);
    if (isApp(value)) return { app: value, name };
    throw new CliError(
      said`The export "${name}" of ${file} is not an App: it is ${described(value)}. ${listed(values)}`,
      {
        fatal: false,
      },
    );
  }
  for (const candidate of ["app", "api", "default", ...values.keys()]) {
    const value = values.get(candidate);
    if (isApp(value)) return { app: value, name: candidate };
  }
  throw new CliError(
    said`${file} exports no App. ${listed(values)}\nExport one: export const app = ${factoryIn(values) ?? 'new App({ title: "My API" })'};`,
    { fatal: false },
  );
}

/** A CommonJS module arrives as one default export; its properties are what the person exported. */
function exportsOf(exported: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries(exported)) if (name !== "module.exports") values.set(name, value);
  const whole = exported["default"];
  if (typeof whole === "object" && whole !== null && !isApp(whole)) {
    for (const [name, value] of Object.entries(whole)) if (!values.has(name)) values.set(name, value);
  }
  return values;
}

/** A call of what most likely makes the App, where only that is exported. */
function factoryIn(values: ReadonlyMap<string, unknown>): string | undefined {
  const found = [...values].find(
    ([name, value]) => typeof value === "function" && /^(?:create|make|build).*app$/i.test(name),
  );
  return found && `${found[0]}()`;
}

function listed(values: ReadonlyMap<string, unknown>): string {
  if (values.size === 0) return "It exports nothing.";
  const shown = [...values].slice(0, 12).map(([name, value]) => `${name} (${described(value)})`);
  return `It exports ${shown.join(", ")}${values.size > shown.length ? ", …" : ""}.`;
}

function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return `a ${typeof value}`;
  if (isApp(value)) return "an App";
  if (value instanceof Promise) return "a Promise";
  const kind: unknown = (value as { kind?: unknown }).kind;
  return typeof kind === "string" && /^[a-z]{1,20}$/i.test(kind) ? `of kind "${kind}"` : "an object";
}
