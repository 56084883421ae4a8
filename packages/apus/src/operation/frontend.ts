/** Declares front ends: `frontend("/", { directory: "dist" })` serves what a build made, behind everything else in the app. */
import type { Dependency } from "../dependency/index.ts";
import { ApusError, checkOptionNames, declaredHere, ofThisCopy, type OptionNames } from "../diagnostic/index.ts";
import { ServedDirectory, type DirectoryOptions, type Fallback } from "../static-files/index.ts";
import { declarationNumber } from "./declare.ts";
import type { Placed } from "./placed.ts";

/** Where a front end is on the machine, and how it is served. */
export interface FrontendOptions extends DirectoryOptions {
  /**
   * The directory that a build writes. Relative names are read from the working directory, as in FastAPI;
   * `new URL("./dist", import.meta.url)` is beside the module.
   */
  readonly directory: string | URL;
  /**
   * What answers where there is no file: `"404.html"` with the status 404; `"index.html"` with 200, to those alone who accept
   * HTML by name, as browsers do that open a page; `"auto"` the first of the two that is there; null the app's own 404.
   * Default: `"auto"`.
   */
  readonly fallback?: Fallback | undefined;
  /**
   * Whether a directory, or a fallback by name, that is missing stops the start; with false, requests are answered 500.
   * Default: `"auto"`, true, but only a warning in development (`NODE_ENV=development`, as `apus dev` says).
   */
  readonly checkDir?: boolean | "auto" | undefined;
  /** Run before anything is answered, those of the App and of routers before them. */
  readonly dependencies?: readonly Dependency[] | undefined;
}

/** A front end at its path. Routers hold it as they hold operations. */
export interface Frontend extends Placed {
  readonly kind: "frontend";
}

/** As the app sees it. */
export interface DeclaredFrontend extends Frontend {
  readonly options: FrontendOptions;
  readonly served: ServedDirectory;
}

const known: OptionNames<FrontendOptions> = {
  directory: true,
  fallback: true,
  checkDir: true,
  dependencies: true,
  dotfiles: true,
  headers: true,
};

const fallbacks: readonly unknown[] = ["auto", "index.html", "404.html", null, undefined];

/**
 * A front end that a tool has built (Vite, Angular, Astro), served behind everything else: operations, pages, mounts and
 * redirects to another slash come first, so that a path of the API never leads to a page. Of several, the one with the
 * longest path is asked. It is not in the OpenAPI document.
 *
 * @param path Where it begins: `/`, `/app`. A slash at its end counts for nothing.
 * @throws ApusError for a path that is none, and for an option that there is not or that cannot be meant.
 * @example app.include(router({ ui: frontend("/", { directory: "dist" }) }, { prefix: "/app", dependencies: [loggedIn] }));
 */
export function frontend(path: string, options: FrontendOptions): Frontend {
  const label = `frontend(${JSON.stringify(path)})`;
  checkOptionNames(label, options, known);
  checkPath(label, path);
  if (!fallbacks.includes(options.fallback)) {
    throw new ApusError(`APUS_DIRECTORY: ${label}: \`fallback\` is "auto", "index.html", "404.html" or null.`);
  }
  const { checkDir = "auto" } = options;
  if (checkDir !== "auto" && typeof checkDir !== "boolean") {
    throw new ApusError(`APUS_DIRECTORY: ${label}: \`checkDir\` is true, false or "auto".`);
  }
  const declared: DeclaredFrontend = {
    kind: "frontend",
    path: withoutSlashes(path),
    options,
    served: new ServedDirectory(label, options.directory, options),
    order: declarationNumber(),
    layers: [],
    ...declaredHere(),
  };
  return ofThisCopy(declared);
}

export function isFrontend(value: Placed): value is DeclaredFrontend {
  return value.kind === "frontend";
}

/** What stands in front of paths is compared with them as it is. */
function checkPath(label: string, path: unknown): void {
  if (typeof path !== "string" || !path.startsWith("/")) {
    throw new ApusError(`APUS_PATH: ${label}: the path of a front end has to start with "/".`);
  }
  if (/[{}]|\/\/(?!\/*$)|\/\.{1,2}(?:\/|$)/.test(path)) {
    throw new ApusError(
      `APUS_PATH: ${label}: the path of a front end has no parameters, and no empty or dotted parts.`,
    );
  }
}

/** Without slashes at the end; `/` where nothing else is left. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end--;
  return path.slice(0, end) || "/";
}
