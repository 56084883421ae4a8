/** The dependency room: declaring, scopes, opening and closing. */
export { AppScope } from "./app-scope.ts";
export { Cleanup } from "./cleanup.ts";
export { depends, isDependency, provide, type Declaration, type DependsOptions } from "./depends.ts";
export { background, connection, request, requiredScopes, response, signal } from "./framework.ts";
export { labelOf, Lifetimes, type Resolve } from "./lifetime.ts";
export { ScopeReaders } from "./scope-readers.ts";
export { security, type RequiredScopes, type Requirement, type SchemeObject } from "./security.ts";
export type {
  DeclaresPath,
  RequiresInput,
  Dependency,
  Entry,
  ErrorsOf,
  ErrorsOfAll,
  Flat,
  InputRecord,
  Listed,
  NeedsOfAll,
  Provide,
  Scope,
  Values,
} from "./types.ts";
