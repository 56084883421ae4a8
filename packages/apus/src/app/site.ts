/** What an app tells its exchanges: where it is mounted, whom it trusts, and where its operations are. */
import { ApusError } from "../diagnostic/index.ts";
import { compileTrustedProxies, encodedPath, type Site, type TrustedProxies } from "../exchange/index.ts";
import type { Plan } from "../plan/index.ts";
import { convertors, fillTemplate, readTemplate, type ConvertorName } from "../routing/index.ts";
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
  // Made when the first address is asked for: most apps never do.
  let byName: Map<string, Plan> | undefined;
  const planOf = (name: string): Plan | undefined => {
    // The first of equal names wins, as the first route does.
    byName ??= new Map(plans.toReversed().map((plan) => [plan.settings.name, plan]));
    return byName.get(name);
  };
  return {
    rootPath: checkRootPath(rootPath),
    forwarded: compileTrustedProxies(trustedProxies),
    pathFor(name, params) {
      const plan = planOf(name);
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

/** @throws ApusError for values with which the address would be another one, or be read as other values. */
function fill({ template, settings }: Plan, params: Readonly<Record<string, string | number>>): string {
  const refuse = (fault: string): never => {
    throw new ApusError(`APUS_URL_FOR: ${settings.label}: ${fault}`);
  };
  const unknown = Object.keys(params).find((name) => !template.names.includes(name));
  if (unknown !== undefined) refuse(`the path has no parameter "${unknown}".`);
  const valueOf = (name: string, convertor: ConvertorName): string => {
    const value = Object.hasOwn(params, name) ? textOf(params[name]!) : "";
    if (convertors[convertor].accepts.test(value)) return value;
    if (value === "") return refuse(`the parameter "${name}" is missing.`);
    if (convertor === "str") return refuse(`the parameter "${name}" holds a "/", which no segment can.`);
    return refuse(
      `the parameter "${name}" is ${JSON.stringify(value)}, which its convertor "${convertor}" does not take.`,
    );
  };
  const values = new Map<string, string>();
  const path = fillTemplate(template, (name, convertor) => {
    const value = valueOf(name, convertor);
    values.set(name, value);
    return value;
  });
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)) {
    refuse(`${JSON.stringify(path)} has a segment "." or "..", which leads elsewhere.`);
  }
  const read = readTemplate(template, path);
  const other = template.names.find((name, i) => values.get(name) !== read?.[i]);
  if (other !== undefined) {
    refuse(
      `${JSON.stringify(path)} has another "${other}": the parameters in front of a text take as much as they can.`,
    );
  }
  const encoded = (name: string): string => values.get(name)!.split("/").map(encodeURIComponent).join("/");
  return fillTemplate(template, encoded, encodedPath);
}

/** Numbers without an exponent, which no convertor takes. */
function textOf(value: string | number): string {
  const text = String(value);
  if (typeof value === "string" || !Number.isFinite(value) || !text.includes("e")) return text;
  return Number.isInteger(value) ? String(BigInt(value)) : value.toFixed(20).replace(/0+$/, "");
}
