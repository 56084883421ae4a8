/** What a socket is beyond an operation: its messages, its limits, and who may connect. Decided at start-up. */
import type { AnySchema } from "../schema/index.ts";
import type { SettledLimits } from "./limits.ts";
import type { Message } from "./message.ts";
import type { OriginRule } from "./origin.ts";

export interface SocketSide {
  /** The schemas as they were declared. */
  readonly receive: AnySchema | undefined;
  readonly send: AnySchema | undefined;
  /** Makes a value of a message; undefined where there is no `receive`. It throws MessageValidationError. */
  readonly read: ((data: Message) => unknown) | undefined;
  /** Makes a message of a value; undefined where there is no `send`. */
  readonly write: ((value: unknown) => string) | undefined;
  readonly subprotocols: readonly string[];
  readonly limits: SettledLimits;
  readonly allows: OriginRule;
}
