/** The applications mounted in an app, as requests find them. */
import type { Answering, Failing } from "../around/index.ts";
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
        exchange.course.handshake === undefined ? other(exchange) : fail(new HTTPException(404), exchange));
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
