/** Puts guards in front of what is no operation: the documentation, and apps that are mounted. */
import type { Answering } from "../around/index.ts";
import type { Dependency } from "../dependency/index.ts";
import { link } from "./link.ts";
import type { LinkContext } from "./link-context.ts";
import type { Plan } from "./plan.ts";
import { run } from "./run.ts";

interface Guarded {
  /** Answers once the guards have let the request pass. */
  readonly answer: Answering;
  readonly plan: Plan;
}

/**
 * @param path Where it is, and `name` what it is: messages call it by both.
 * @param behind What answers. It neither throws nor rejects.
 * @param deadline How long guards, and `behind` unless it says that itself, may take, in ms; the App's where it is left out.
 * @throws ApusError for a guard that is none or cannot be linked.
 */
export function guarded(
  path: string,
  name: string,
  dependencies: readonly Dependency[],
  behind: Answering,
  context: LinkContext,
  deadline: { readonly timeout?: number | null | undefined; readonly limitsGuards: boolean } = { limitsGuards: false },
): Guarded {
  // The App's own guards are those of its operations; its limits hold everywhere.
  const app = { ...context.app, dependencies: undefined, callbacks: undefined };
  const operation = {
    kind: "operation",
    method: "ANY",
    methods: ["ANY"],
    path,
    options: { name, dependencies, includeInSchema: false, timeout: deadline.timeout },
    handler: () => undefined,
    order: 0,
    layers: [],
  } as const;
  const plan = link(
    { operation, keys: [] },
    { ...context, app },
    { template: { source: path, segments: [], names: [] }, behind, limitsGuards: deadline.limitsGuards },
  );
  return { plan, answer: (exchange) => run(plan, exchange, []) };
}
