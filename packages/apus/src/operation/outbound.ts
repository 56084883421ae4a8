/** What an API calls at others: callbacks and webhooks, which are operations without a handler. */
import { isOfKind } from "../diagnostic/index.ts";
import type { InputRecord } from "../dependency/index.ts";
import type { ErrorClass } from "../error/index.ts";
import type { ItemStream, Kind } from "../response/index.ts";
import type { AnySchema } from "../schema/index.ts";
import type { OperationOptions } from "./types.ts";

/**
 * A request that this API sends to its clients' servers, described for those who write them: a callback of an operation, or
 * a webhook of the App (OpenAPI 3.1, Callback Object and `webhooks`). Nothing in Apus sends it.
 */
export interface Outbound {
  readonly kind: "outbound";
  readonly method: string;
  /** A callback's address, as a runtime expression: `{$callback_url}/invoices/{$request.body.id}`; or a webhook's name. */
  readonly path: string;
}

/** What can be said of it: everything that the document tells of an operation. */
export interface OutboundOptions extends OperationOptions {
  readonly input?: InputRecord | undefined;
  readonly output?: AnySchema | ItemStream | undefined;
  readonly as?: Kind | undefined;
  readonly errors?: readonly ErrorClass[] | undefined;
}

/** As the linker sees it. */
export interface DeclaredOutbound extends Outbound {
  readonly options: OutboundOptions;
}

/** Several of them by name. */
export type Outbounds = Readonly<Record<string, Outbound>>;

export function isOutbound(value: unknown): value is DeclaredOutbound {
  return isOfKind(value, "outbound");
}
