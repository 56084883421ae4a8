/** Plans of sockets as plain data. */
import type { Middleware } from "../around/index.ts";
import { isZod, standardKind, typeLabel, type AnySchema } from "../schema/index.ts";
import type { SocketSide } from "../websocket/index.ts";
import { describe, type OperationDescription } from "./describe.ts";
import type { Plan } from "./plan.ts";

/** One socket and its plan. Times are in ms and null for no limit, sizes in bytes. */
export interface SocketDescription extends Omit<
  OperationDescription,
  "methods" | "body" | "strictContentType" | "limits" | "output" | "callbacks"
> {
  /** The types of its messages, those of clients and its own; null where they are text and bytes. */
  readonly receive: string | null;
  readonly send: string | null;
  readonly subprotocols: readonly string[];
  readonly limits: SocketSide["limits"] & { readonly timeout: number | null };
}

/** @param given As for operations. */
export function describeSocket(
  plan: Plan,
  given: { readonly middleware: readonly Middleware[]; readonly code: boolean },
): SocketDescription {
  const {
    methods: _,
    body: _body,
    strictContentType: _type,
    limits,
    output: _output,
    callbacks: _calls,
    ...same
  } = describe(plan, given);
  const { receive, send, subprotocols, limits: own } = plan.socket!;
  return {
    ...same,
    receive: typeOf(receive),
    send: typeOf(send),
    subprotocols,
    limits: { ...own, timeout: limits.timeout },
  };
}

function typeOf(schema: AnySchema | undefined): string | null {
  if (schema === undefined) return null;
  return isZod(schema) ? typeLabel(schema) : (standardKind(schema) ?? "unknown");
}
