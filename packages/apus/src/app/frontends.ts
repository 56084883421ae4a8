/** The front ends of an app, as requests find them: behind everything else, the longest path first. */
import { ApusError } from "../diagnostic/index.ts";
import type { Host } from "../exchange/index.ts";
import type { DeclaredFrontend } from "../operation/index.ts";
import { link, type LinkContext, type Plan } from "../plan/index.ts";
import { frontEndKind } from "../static-files/index.ts";

/** One front end after linking. */
export interface Front {
  /** Without a slash at the end; empty where it takes everything. */
  readonly prefix: string;
  readonly plan: Plan;
  /**
   * Looks at its directory before the app starts.
   * @returns Warnings. @throws ApusError where it is missing, and that is to stop the start.
   */
  check(host: Host | undefined): Promise<readonly string[]>;
}

/** @throws ApusError for a path with parameters in it, and for two at one path. */
export function linkFrontends(declared: readonly DeclaredFrontend[], context: LinkContext): Front[] {
  const fronts = declared.map((each) => linkFrontend(each, context));
  const known = new Set<string>();
  for (const { prefix } of fronts) {
    if (known.has(prefix)) {
      throw new ApusError(`APUS_PATH: two front ends are at "${prefix || "/"}"; give one of them another path.`);
    }
    known.add(prefix);
  }
  return fronts.toSorted((one, other) => other.prefix.length - one.prefix.length);
}

function linkFrontend(declared: DeclaredFrontend, context: LinkContext): Front {
  const { path, options, served } = declared;
  const prefix = path.replace(/\/$/, "");
  if (prefix.includes("{")) {
    throw new ApusError(
      `APUS_PATH: frontend("${path}"): a router around it has parameters in its prefix; a front end has none.`,
    );
  }
  const { fallback = "auto", checkDir = "auto", dependencies } = options;
  const operation = {
    // Its layers, its order and the place where it is declared.
    ...declared,
    kind: "operation",
    method: "ANY",
    methods: ["ANY"],
    options: { name: "frontend", dependencies, includeInSchema: false, as: frontEndKind({ prefix, served, fallback }) },
    handler: () => undefined,
  } as const;
  const app = { ...context.app, callbacks: undefined };
  const plan = link(
    { operation, keys: [] },
    { ...context, app },
    { template: { source: path, segments: [], names: [] } },
  );
  return {
    prefix,
    plan,
    async check(host) {
      if (checkDir === false) return [];
      try {
        await served.check(host, fallback === "auto" ? undefined : (fallback ?? undefined));
        return [];
      } catch (error) {
        if (checkDir === true || host?.development !== true || !(error instanceof ApusError)) throw error;
        return [error.message];
      }
    },
  };
}

/** The front end with the longest path that the path lies in. */
export function frontAt(path: string, fronts: readonly Front[]): Front | undefined {
  return fronts.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
}
