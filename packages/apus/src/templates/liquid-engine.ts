/** The engine of this room: Liquid, by the package `liquidjs`, which reads templates without generating code. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Liquid } from "liquidjs";
import { ApusError } from "../diagnostic/index.ts";
import { isWayward } from "../response/index.ts";
import type { ContextProcessor } from "./context.ts";
import type { TemplateEngine } from "./template-engine.ts";

/** A filter of one's own: `{{ price | money: "EUR" }}` calls `money(price, "EUR")`. What it returns is escaped. */
export type TemplateFilter = (value: unknown, ...parameters: unknown[]) => unknown;

/** Templates in Liquid, out of a folder. */
export interface LiquidOptions {
  /**
   * The folder of the templates, or several, which are searched in turn. Relative ones stand below the working directory.
   * Nothing outside is ever read, whatever a name, an `include` or a link in the folder says.
   */
  readonly directory: string | URL | readonly (string | URL)[];
  /** What every template gets, made of the request. Default: none. */
  readonly contextProcessors?: readonly ContextProcessor[] | undefined;
  readonly filters?: Readonly<Record<string, TemplateFilter>> | undefined;
  /** Whether a template is read once only. Default: where `NODE_ENV` is `production`. */
  readonly cache?: boolean | undefined;
  /** The longest template, in characters. Default: a million. */
  readonly parseLimit?: number | undefined;
  /** The longest time that one page may take, in milliseconds. Default: 5000. */
  readonly renderLimit?: number | undefined;
  /** How much the filters and loops of one page may make, in characters and list items. Default: 50 million. */
  readonly memoryLimit?: number | undefined;
  readonly engine?: undefined;
}

/** @throws ApusError (APUS_TEMPLATES) for a folder that is not there, and for an option that cannot be meant. */
export function liquidEngine(options: LiquidOptions): TemplateEngine {
  const settings = {
    root: foldersOf(options.directory),
    cache: options.cache ?? process.env["NODE_ENV"] === "production",
    parseLimit: limit("parseLimit", options.parseLimit, 1_000_000),
    renderLimit: limit("renderLimit", options.renderLimit, 5000),
    memoryLimit: limit("memoryLimit", options.memoryLimit, 50_000_000),
    outputEscape: "escape",
    ownPropertyOnly: true,
    // A filter that is misspelled would leave the value as it is.
    strictFilters: true,
  } as const;
  const filters = Object.entries(options.filters ?? {});
  for (const [name, filter] of filters) {
    if (typeof filter !== "function") throw wrong(`the filter "${name}" is no function.`);
  }
  let loaded: Promise<Liquid> | undefined;
  return {
    async render(name, { url_for, ...context }) {
      checkName(name);
      loaded ??= load(settings, filters);
      const liquid = await loaded;
      return String(await liquid.renderFile(name, context, { globals: { [urlForKey]: url_for } }));
    },
  };
}

/** Under it filters find the request's `url_for`; templates, which know texts only, do not. */
const urlForKey = Symbol("url_for");
type UrlFor = (name: unknown, params: object) => string;

async function load(
  settings: ConstructorParameters<typeof Liquid>[0],
  filters: readonly (readonly [string, TemplateFilter])[],
): Promise<Liquid> {
  const { filters: builtIn, Liquid } = await import("liquidjs").catch((cause: unknown) => {
    throw new ApusError(
      "APUS_TEMPLATES: templates in a `directory` need the package liquidjs. Run: npm install liquidjs; or give an `engine` of your own.",
      { cause },
    );
  });
  const liquid = new Liquid(settings);
  liquid.registerFilter("url_for", function (name: unknown, ...parameters: unknown[]): string {
    const { [urlForKey]: urlFor } = this.context.globals as { readonly [urlForKey]: UrlFor };
    return urlFor(name, namedParameters(parameters));
  });
  // Escaped already; a second time would show on the page.
  for (const name of ["escape", "escape_once"]) {
    const handler = builtIn[name];
    if (typeof handler === "function") liquid.registerFilter(name, { raw: true, handler });
  }
  // Nothing in it ends a script, where escaping would be wrong. In an attribute its quotation marks need that: `tojson | escape`.
  liquid.registerFilter("tojson", { raw: true, handler: toJson });
  for (const [name, filter] of filters) {
    liquid.registerFilter(name, (value: unknown, ...parameters: unknown[]) => filter(value, ...parameters));
  }
  return liquid;
}

/** `{{ "readItem" | url_for: id: 5 }}`: a parameter with a name is a pair. */
function namedParameters(parameters: readonly unknown[]): object {
  const pairs = parameters.map((each): [string, unknown] => {
    if (Array.isArray(each) && each.length === 2 && typeof each[0] === "string") return [each[0], each[1]];
    throw new ApusError('APUS_URL_FOR: url_for takes parameters by name: {{ "readItem" | url_for: item_id: item.id }}');
  });
  return Object.fromEntries(pairs);
}

function toJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.replaceAll(/[<>&'\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function checkName(name: string): void {
  if (typeof name === "string" && !isWayward(name)) return;
  throw new ApusError(`APUS_TEMPLATE: ${JSON.stringify(name)} is no name of a template: a path below the directory.`);
}

function foldersOf(directory: LiquidOptions["directory"]): string[] {
  const all = typeof directory === "string" || directory instanceof URL ? [directory] : directory;
  if (!Array.isArray(all) || all.length === 0) throw wrong("`directory` is a folder, or a list of folders.");
  return all.map((each: unknown) => {
    if (each instanceof URL ? each.protocol !== "file:" : typeof each !== "string" || each === "") {
      throw wrong("`directory` names no folder; give its path, or a file: URL.");
    }
    const folder = each instanceof URL ? fileURLToPath(each) : resolve(String(each));
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
    throw wrong(`the directory ${folder} is not there.`);
  });
}

function limit(name: string, given: number | undefined, usual: number): number {
  if (given === undefined) return usual;
  if (typeof given === "number" && given > 0) return given;
  throw wrong(`\`${name}\` is ${String(given)}; give a number above 0.`);
}

function wrong(what: string): ApusError {
  return new ApusError(`APUS_TEMPLATES: ${what}`);
}
