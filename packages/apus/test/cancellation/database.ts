/** A database that only writes down what is asked of it, and a session on it as applications have one. */
import { depends, type Dependency } from "apus";
import { gate } from "../scenario.ts";

export interface Database {
  /** `begin`, what was written, and then `commit` or `rollback` with the reason. */
  readonly log: string[];
  /** Resolves when the transaction has ended. */
  readonly ended: Promise<void>;
}

export interface Session {
  write(what: string): void;
}

/** @returns A database, and a dependency that opens one transaction on it for each request. */
export function transactions(scope: "function" | "request" = "function"): Database & {
  readonly session: Dependency<Session, never, "function" | "request", object>;
} {
  const log: string[] = [];
  const end = gate();
  const session = depends(
    async function* (): AsyncGenerator<Session> {
      log.push("begin");
      try {
        yield { write: (what) => void log.push(what) };
        log.push("commit");
      } catch (error) {
        log.push(`rollback: ${(error as Error).name}`);
        throw error;
      } finally {
        end.open();
      }
    },
    { scope, name: "session" },
  );
  return { log, ended: end.opened, session };
}
