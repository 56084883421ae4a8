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
 * @throws ApusError for a guard that is none or cannot be linked.
 */
export function guarded(
  path: string,
  name: string,
  dependencies: readonly Dependency[],
  behind: Answering,
  context: LinkContext,
): Guarded {
  // The App's own guards are those of its operations; its limits hold everywhere, but how long an answer takes is for what is behind to say.
  const app = { ...context.app, dependencies: undefined, callbacks: undefined, timeout: null };
  const operation = {
    kind: "operation",
    method: "ANY",
    methods: ["ANY"],
    path,
    options: { name, dependencies, includeInSchema: false },
    handler: () => undefined,
    order: 0,
    layers: [],
  } as const;
  const linked = link({ operation, keys: [] }, { ...context, app }, { source: path, segments: [], names: [] });
  const plan = { ...linked, behind };
  return { plan, answer: (exchange) => run(plan, exchange, []) };
}
