/** Links an operation into a plan: locates its inputs, orders its dependencies, compiles what reads and what writes. */
import { Lifetimes, type AppScope, type Resolve } from "../dependency/index.ts";
import type { Routed } from "../operation/index.ts";
import type { Plan, Reporter } from "./plan.ts";
import { type AppSettings } from "./settings.ts";
/** What all plans of an app share. */
export interface LinkContext {
  readonly app: AppSettings;
  readonly resolve: Resolve;
  readonly lifetimes: Lifetimes;
  readonly appScope: AppScope;
  readonly report: Reporter;
}
/** Makes the context for one linking; overrides are part of `resolve`. */
export declare function linkContext(
  app: AppSettings,
  resolve: Resolve,
  appScope: AppScope,
  report: Reporter,
): LinkContext;
/** @throws LinkError, InputError, DependencyError, TemplateError: each names the operation and the fix. */
export declare function link(routed: Routed, context: LinkContext): Plan;
