/** What all plans of an app share while they are linked. */
import {
  Lifetimes,
  ScopeReaders,
  type AppScope,
  type Declaration,
  type Requirement,
  type Resolve,
} from "../dependency/index.ts";
import type { ErrorClass } from "../error/index.ts";
import type { Field } from "../input/index.ts";
import { Survey } from "../schema/index.ts";
import type { Asked, Reporter, Step } from "./plan.ts";
import type { AppSettings, LayerSettings } from "./settings.ts";
import { Sharing } from "./sharing.ts";

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
  /** Which schemas nothing can be wrong with. */
  readonly survey: Survey;
  readonly sharing: Sharing;
  /** The settings of operations that say nothing themselves, by what the App says and by their routers. */
  readonly layered: Map<AppSettings, Map<readonly unknown[], LayerSettings>>;
  /** The records of dependencies, as they were located before. */
  readonly records: Map<Declaration, LocatedRecord[]>;
  /** Lists of guards, as they were put in order before: once for each list of parameter names. */
  readonly guarded: Map<readonly Declaration[], Guarded[]>;
}

/** The record of a dependency, located under the parameter names of a path. */
export interface LocatedRecord {
  /** Those names; none where nothing in the record has to do with a path. */
  readonly names: readonly string[];
  readonly fields: readonly Field[];
  readonly dependencies: readonly { readonly name: string; readonly dependency: Declaration }[];
}

/** The dependencies of an operation while they are put in order. */
export interface OrderState {
  readonly steps: Step[];
  readonly fields: Field[];
  readonly errors: ErrorClass[];
  /** What is asked of the client's credentials, each with the scopes of all its uses, in order of first appearance. */
  readonly security: Map<Requirement, Set<string>>;
  overridden: boolean;
  /** The places of what has been added. */
  readonly known: Map<Declaration, number>;
  /** The same of what reads the scopes that it is told, by them. */
  readonly told: Map<Declaration, Map<string, number>>;
}

/** What an operation's dependencies come to. Equal lists are one; nobody changes them. */
export interface Ordered {
  readonly steps: readonly Step[];
  /** Their wire inputs. */
  readonly fields: readonly Field[];
  /** Their typed errors. */
  readonly errors: readonly ErrorClass[];
  readonly security: readonly Asked[];
  /** Whether any of them has been replaced: then inputs of the original may be missing. */
  readonly overridden: boolean;
}

/** The guards that operations have in common, under the parameter names that they have in common. */
export interface Guarded extends Ordered {
  readonly names: readonly string[];
  readonly state: OrderState;
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
    survey: new Survey(),
    sharing: new Sharing(),
    layered: new Map(),
    records: new Map(),
    guarded: new Map(),
  };
}

/** Forgets what only linking needs, so that nobody who keeps the context keeps it as well. */
export function linked({ sharing, layered, records, guarded }: LinkContext): void {
  sharing.clear();
  layered.clear();
  records.clear();
  guarded.clear();
}
