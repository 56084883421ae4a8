/** Finds operations that can never be reached, because an earlier one answers their paths. */
import type { Plan } from "../plan/index.ts";
import { fillTemplate, type ConvertorName, type Matcher, type Template } from "../routing/index.ts";
import type { Front } from "./frontends.ts";
import type { Mount } from "./mounts.ts";

/**
 * Two texts for one parameter such that an earlier route which takes both takes everything the parameter does: those of a convertor
 * fit no narrower one and share neither their beginning nor their end, and the others hold what no template will have written.
 */
const samples: Readonly<Record<ConvertorName, readonly [string, string]>> = {
  int: ["1", "20"],
  // A number with a fraction is no integer, and one without has no point for `{a}.{b}`.
  float: ["1.5", "20"],
  uuid: ["a0000000-0000-4000-8000-00000000000b", "c000000000004000800000000000000d"],
  str: ["\ue000", "\ue001"],
  path: ["\ue000/\ue000", "\ue001"],
};

/** One of two paths that the template matches and that stand for all of them. */
function sampleOf(template: Template, which: 0 | 1): string {
  if (template.names.length === 0) return template.source;
  return fillTemplate(template, (_, convertor) => samples[convertor][which]);
}

/** What answers a path in place of an operation. */
function instead(plan: Plan, method: string, path: string, matcher: Matcher<Plan>): Plan | undefined {
  const found = matcher.find(method, path);
  return found.kind === "match" && found.route !== plan ? found.route : undefined;
}

/** A warning for each operation, or each method of one, that an earlier operation answers for. */
export function shadowed(plans: readonly Plan[], matcher: Matcher<Plan>): string[] {
  const warnings: string[] = [];
  for (const plan of plans) {
    const path = sampleOf(plan.template, 0);
    let earlier: Map<string, string> | undefined;
    for (const method of plan.methods) {
      const by = instead(plan, method, path, matcher);
      if (by === undefined || instead(plan, method, sampleOf(plan.template, 1), matcher) === undefined) continue;
      (earlier ??= new Map<string, string>()).set(method, by.settings.label);
    }
    if (earlier === undefined) continue;
    const { label } = plan.settings;
    for (const by of new Set(earlier.values())) {
      const methods = plan.methods.filter((method) => earlier?.get(method) === by);
      const what = methods.length === plan.methods.length ? label : `${methods.join(", ")} of ${label}`;
      warnings.push(
        `APUS_SHADOWED: ${what} is never reached: ${by} is declared before it and answers its paths. Declare it first, or give it another path.`,
      );
    }
  }
  return warnings;
}

/** A warning for each page, such as the documentation, that an operation answers for. */
export function shadowedPages(paths: readonly string[], matcher: Matcher<Plan>): string[] {
  return paths.flatMap((path) => {
    const found = matcher.find("GET", path);
    if (found.kind !== "match" || found.values.length > 0) return [];
    return `APUS_SHADOWED: the page at ${path} is never reached: ${found.route.settings.label} answers its path. Give one of them another path.`;
  });
}

/** A warning for each front end below a mount, which takes all of its paths. */
export function shadowedFronts(
  fronts: readonly Pick<Front, "prefix">[],
  mounts: readonly Pick<Mount, "prefix">[],
): string[] {
  return fronts.flatMap(({ prefix }) => {
    const mount = mounts.find((each) => `${prefix}/`.startsWith(`${each.prefix}/`));
    if (mount === undefined) return [];
    return `APUS_SHADOWED: the front end at ${prefix || "/"} is never reached: what is mounted at ${mount.prefix || "/"} answers its paths. Give one of them another path.`;
  });
}

/** A warning for each path that writes its parameters as other frameworks do. */
export function literalNames(plans: readonly Plan[]): string[] {
  return plans.flatMap(({ template, settings }) => {
    if (!template.source.includes("/:")) return [];
    const [segment] = template.segments.flatMap((each) =>
      each.kind === "static" && /^:[A-Za-z_]\w*$/.test(each.text) ? [each.text] : [],
    );
    if (segment === undefined) return [];
    return `APUS_PATH: ${settings.label}: "${segment}" is matched as it is written; a parameter is "{${segment.slice(1)}}".`;
  });
}
