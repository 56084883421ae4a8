/** What an app tells its exchanges: where it is mounted, whom it trusts, and where its operations are. */
import { ApusError } from "../diagnostic/index.ts";
import { compileTrustedProxies, type Site, type TrustedProxies } from "../exchange/index.ts";
import type { Plan } from "../plan/index.ts";
import { pathInMounts, type Mounted } from "./mounts.ts";

/** What a deployment says that the code need not know. */
export interface Deployment {
  /** The prefix that a proxy takes off the path. */
  readonly rootPath?: string | undefined;
  /** Whose `X-Forwarded-For` and `X-Forwarded-Proto` count. */
  readonly trustedProxies?: TrustedProxies | undefined;
}

export function siteOf(
  { rootPath = "", trustedProxies = [] }: Deployment,
  plans: readonly Plan[],
  mounted: readonly Mounted[],
): Site {
  const byName = new Map<string, Plan>();
  // The first of equal names wins, as the first route does.
  for (const plan of plans.toReversed()) byName.set(plan.settings.name, plan);
  return {
    rootPath: checkRootPath(rootPath),
    forwarded: compileTrustedProxies(trustedProxies),
    pathFor(name, params) {
      const plan = byName.get(name);
      if (plan !== undefined) return fill(plan, params);
      const path = pathInMounts(name, params, mounted);
      if (path !== undefined) return path;
      throw new ApusError(`APUS_URL_FOR: there is no operation and no mount named "${name}".`);
    },
  };
}

function checkRootPath(rootPath: string): string {
  const trimmed = rootPath.endsWith("/") ? rootPath.slice(0, -1) : rootPath;
  if (trimmed === "" || /^(?:\/[\w\-.~!$&'()*+,;=:@]+)+$/.test(trimmed)) return trimmed;
  throw new ApusError(
    `APUS_ROOT_PATH: the root path ${JSON.stringify(rootPath)} is none: it begins with "/" and has no query: "/api/v1".`,
  );
}

function fill({ template, operation, settings }: Plan, params: Readonly<Record<string, string | number>>): string {
  const unknown = Object.keys(params).find((name) => !template.names.includes(name));
  if (unknown !== undefined) {
    throw new ApusError(`APUS_URL_FOR: ${settings.label}: the path has no parameter "${unknown}".`);
  }
  return operation.path.replaceAll(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, convertor: string | undefined) => {
    const value = Object.hasOwn(params, name) ? String(params[name]) : "";
    if (value === "" && convertor !== "path") {
      throw new ApusError(`APUS_URL_FOR: ${settings.label}: the parameter "${name}" is missing.`);
    }
    if (convertor !== "path" && value.includes("/")) {
      throw new ApusError(
        `APUS_URL_FOR: ${settings.label}: the parameter "${name}" holds a "/", which no segment can.`,
      );
    }
    return value.split("/").map(encodeURIComponent).join("/");
  });
}
