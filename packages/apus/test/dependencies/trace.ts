/** Dependencies that write down when they are entered and left, and with which error. */
import { depends, type Dependency } from "apus";

/** The name of an error, or its message where that says more. */
const said = (error: unknown): string =>
  error instanceof Error ? (error.name === "Error" ? error.message : error.name) : String(error);

export interface Trace {
  readonly lines: string[];
  /** A generator dependency of the given scope that traces itself under `name` and provides it. */
  scoped<const S extends "function" | "request" | "app">(
    name: string,
    scope: S,
    more?: More,
  ): Dependency<string, never, S, object>;
}

/** What a traced dependency does besides. */
export interface More {
  /** Runs after `yield`, where the clean-up is. */
  readonly exit?: () => void | Promise<void>;
  /** Catches what is thrown at the `yield` and does not throw it on. */
  readonly swallow?: boolean;
}

export function tracing(): Trace {
  const lines: string[] = [];
  return {
    lines,
    scoped: (name, scope, { exit, swallow = false } = {}) =>
      depends(
        async function* () {
          lines.push(`enter ${name}`);
          try {
            yield name;
            lines.push(`leave ${name}`);
          } catch (error) {
            lines.push(`leave ${name}: ${said(error)}`);
            if (!swallow) throw error;
          }
          await exit?.();
        },
        { scope, name },
      ) as never,
  };
}
