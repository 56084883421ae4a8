/** The applications mounted in an app, as requests find them. */
import type { Answering, Failing } from "../around/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import { HTTPException } from "../error/index.ts";
import { guarded, type LinkContext, type Plan } from "../plan/index.ts";
import { isStaticFiles, type StaticFiles } from "../static-files/index.ts";
import { fetching, servingFiles, type FetchHandler, type MountOptions } from "./mount.ts";

/** One application and where it is mounted. */
export interface Mounted {
  /** Without a slash at the end; empty where it takes everything. */
  readonly prefix: string;
  readonly application: FetchHandler | StaticFiles;
  /** What answers exchanges, where the application is an App. */
  readonly handle: Answering | undefined;
  readonly options: MountOptions;
  /** Its number in the order of declaration: what was declared before it wins over it. */
  readonly order: number;
}

/** A mount after linking. */
export interface Mount extends Pick<Mounted, "prefix" | "order"> {
  readonly answer: Answering;
  /** The plan of its guards, where it has any. */
  readonly plan: Plan | undefined;
}

/** @param fail Answers what a handler that is no App throws. */
export function linkMounts(mounted: readonly Mounted[], context: LinkContext, fail: Failing): Mount[] {
  return mounted.map(({ prefix, application, handle, options, order }) => {
    const other = isStaticFiles(application)
      ? servingFiles(application, fail)
      : fetching(application as FetchHandler, options, fail);
    // Only an App knows what to do with a WebSocket handshake.
    const inner =
      handle ??
      ((exchange) =>
        exchange.courseSoFar?.handshake === undefined ? other(exchange) : fail(new HTTPException(404), exchange));
    const behind: Answering = (exchange) => inner(exchange.mounted(prefix));
    const { dependencies = [], timeout } = options;
    const isApp = handle !== undefined;
    if (isApp && Array.isArray(dependencies) && dependencies.length === 0) {
      return { prefix, order, answer: behind, plan: undefined };
    }
    const deadline = { timeout, limitsGuards: isApp };
    return { prefix, order, ...guarded(prefix || "/", "mount", dependencies, behind, context, deadline) };
  });
}

/** The first mount that the path lies in. */
export function mountAt(path: string, mounts: readonly Mount[]): Mount | undefined {
  return mounts.find(({ prefix }) => path.startsWith(`${prefix}/`));
}

/** Parameters by name. */
type Params = Readonly<Record<string, string | number>>;

/**
 * The path of what is mounted under a name, `static`, or of something in a mounted App, `admin:readUser`.
 * @returns undefined where nothing is mounted under the name.
 */
export function pathInMounts(name: string, params: Params, mounted: readonly Mounted[]): string | undefined {
  const [first = "", ...rest] = name.split(":");
  // The first of equal names wins, as the first route does.
  const found = mounted.find(({ options }) => options.name === first);
  if (found === undefined) return undefined;
  const { prefix, application, handle } = found;
  if (rest.length > 0) {
    if (handle !== undefined) {
      return prefix + (application as unknown as PathFor).pathFor(rest.join(":"), params);
    }
    throw new ApusError(`APUS_URL_FOR: what is mounted as "${first}" is no App, so nothing in it is named "${name}".`);
  }
  const { path, ...others } = params;
  const [unknown] = Object.keys(others);
  if (path === undefined || unknown !== undefined) {
    throw new ApusError(
      `APUS_URL_FOR: the mount "${first}" takes \`path\`, what stands behind its prefix${unknown === undefined ? "" : `, and no "${unknown}"`}.`,
    );
  }
  const segments = String(path).replace(/^\//, "").split("/");
  if (segments.some((each) => each === "." || each === "..")) {
    throw new ApusError(`APUS_URL_FOR: the path ${JSON.stringify(path)} leads out of the mount "${first}".`);
  }
  return `${prefix}/${segments.map(encodeURIComponent).join("/")}`;
}

interface PathFor {
  pathFor(name: string, params: Params): string;
}
