/** What all plans of an app share while they are linked. */
import { Lifetimes, ScopeReaders, type AppScope, type Resolve } from "../dependency/index.ts";
import type { Reporter } from "./plan.ts";
import type { AppSettings } from "./settings.ts";

export interface LinkContext {
  readonly app: AppSettings;
  readonly resolve: Resolve;
  readonly lifetimes: Lifetimes;
  /** Who reads scopes, overrides applied. */
  readonly readers: ScopeReaders;
  /** Who reads scopes as it was declared: a fake for tests need not check any. */
  readonly declared: ScopeReaders;
  readonly appScope: AppScope;
  readonly report: Reporter;
}

/** Makes the context for one linking; overrides are part of `resolve`. */
export function linkContext(app: AppSettings, resolve: Resolve, appScope: AppScope, report: Reporter): LinkContext {
  return {
    app,
    resolve,
    lifetimes: new Lifetimes(resolve),
    readers: new ScopeReaders(resolve),
    declared: new ScopeReaders((declaration) => declaration),
    appScope,
    report,
  };
}
