// Keeps what applications and the framework print while a case runs, so that the report stays readable.
import { format } from "node:util";

const methods = ["log", "info", "warn", "error", "debug"] as const;

/** Collects everything printed through the console until `restore` is called. */
export interface Printed {
  /** What was printed since the last call. */
  take(): string[];
  restore(): void;
}

/** Starts collecting. */
export function collectPrinted(): Printed {
  const before = Object.fromEntries(methods.map((method) => [method, console[method]]));
  let lines: string[] = [];
  const collect = (...values: unknown[]) => {
    lines.push(format(...values));
  };
  for (const method of methods) console[method] = collect;
  return {
    take() {
      const taken = lines;
      lines = [];
      return taken;
    },
    restore: () => void Object.assign(console, before),
  };
}
