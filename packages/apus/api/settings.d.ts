// What `apus/settings` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { AnySchema, ApusError, Dependency, StandardSchema } from "apus";

export interface Settings<S> extends Dependency<Out<S>, never, "app", object> {
  read(args?: SettingsArguments<In<S>> | undefined): Out<S>;
}
export type SettingsArguments<T> = T extends
  readonly unknown[] | Date | Uint8Array | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>
  ? T
  : T extends object
    ? {
        readonly [K in keyof T]?: SettingsArguments<T[K]> | undefined;
      }
    : T;
export declare class SettingsError extends ApusError {
  readonly name: string;
  readonly problems: readonly SettingsProblem[];
  constructor(problems: readonly SettingsProblem[], hint: string | undefined);
}
export interface SettingsOptions<S = unknown> {
  readonly env?: Readonly<Record<string, unknown>> | undefined;
  readonly envFile?: string | URL | readonly (string | URL)[] | undefined;
  readonly envPrefix?: string | undefined;
  readonly envNestedDelimiter?: string | undefined;
  readonly secretsDir?: string | URL | readonly (string | URL)[] | undefined;
  readonly alias?:
    | {
        readonly [K in Key<S>]?: string | readonly string[] | undefined;
      }
    | undefined;
  readonly split?:
    | {
        readonly [K in ListKey<S>]?: string | undefined;
      }
    | undefined;
  readonly caseSensitive?: boolean | undefined;
  readonly envIgnoreEmpty?: boolean | undefined;
  readonly envParseNoneStr?: string | undefined;
  readonly extra?: "forbid" | "ignore" | undefined;
}
export interface SettingsProblem {
  readonly names: readonly string[];
  readonly source: string | undefined;
  readonly message: string;
}
export declare function settings<S extends AnySchema>(schema: S, options?: SettingsOptions<S>): Settings<S>;

// What the above is made of.
type In<S> = S extends {
  _zod: {
    input: infer I;
  };
}
  ? I
  : S extends StandardSchema<infer I, unknown>
    ? I
    : never;
type Key<S> = keyof In<S> & string;
type ListKey<S> = {
  [K in Key<S>]-?: NonNullable<In<S>[K]> extends readonly unknown[] | ReadonlySet<unknown> ? K : never;
}[Key<S>];
type Out<S> = S extends {
  _zod: {
    output: infer O;
  };
}
  ? O
  : S extends StandardSchema<infer _I, infer O>
    ? O
    : never;

export {};
