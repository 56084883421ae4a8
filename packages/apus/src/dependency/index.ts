/** The dependency room: declaring, scopes, opening and closing. */
export { AppScope } from "./app-scope.ts";
export { Cleanup, CleanupError } from "./cleanup.ts";
export { depends, isDependency, provide, type Declaration, type DependsOptions } from "./depends.ts";
export { DependencyError, labelOf, Lifetimes, type Resolve } from "./lifetime.ts";
export type {
  DeclaresPath,
  RequiresInput,
  Dependency,
  Entry,
  ErrorsOf,
  ErrorsOfAll,
  Flat,
  InputRecord,
  Lifetime,
  Listed,
  NeedsOfAll,
  Provide,
  Provided,
  Scope,
  ValueOf,
  Values,
} from "./types.ts";
