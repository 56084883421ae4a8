/** What all bodies have in common: how an operation reads its body once and hands it to its inputs. */
import { BodyReadError, BodyTimeoutError, BodyTooLargeError, type Content, type Exchange } from "../exchange/index.ts";
import { FormError, type FormLimits, type Upload } from "../multipart/index.ts";
import type { Mode, Problem } from "../schema/index.ts";
import type { Field } from "./locate.ts";

/** What arrived: nothing, a JSON value, bytes that are no JSON by their content type, the fields of a form, or what the handler reads itself. */
export type Parsed =
  | { readonly kind: "absent" }
  /** `exact` says that numbers are as `parseExactJson` gives them, `hostile` that there may be keys called `__proto__`. */
  | { readonly kind: "json"; readonly value: unknown; readonly exact: boolean; readonly hostile: boolean }
  | { readonly kind: "raw"; readonly bytes: Uint8Array }
  /** Name and value in turn. `contents` has the bytes of those files that are wanted as such. */
  | {
      readonly kind: "form";
      readonly pairs: readonly (string | Upload)[];
      readonly contents?: ReadonlyMap<unknown, Uint8Array>;
    }
  /** Unread. */
  | { readonly kind: "stream"; readonly pieces: AsyncIterable<Uint8Array> };

/** Why a body could not become a value. `status` 422 goes with problems, the others with a sentence. */
export type Unreadable =
  | { readonly status: 422; readonly problems: readonly Problem[]; readonly text: string }
  | { readonly status: 400 | 408 | 413; readonly detail: string };

/** How one operation reads its body. */
export interface BodyPlan {
  /** Whether each input is a key of the body, rather than one input the whole of it. */
  readonly embedded: boolean;
  readonly kind: "json" | "form" | "multipart" | "stream";
  /** Reads and parses; never throws for what a client can cause. */
  parse(exchange: Exchange): Promise<Parsed | Unreadable>;
  /** Of JSON: what `parse` does once the bytes are there, without waiting for anything. */
  readonly take?: ((exchange: Exchange, body: Uint8Array | Content) => Parsed | Unreadable) | undefined;
  /** Reads one input from what was parsed. */
  read(field: Field, parsed: Parsed, into: Record<string, unknown>, problems: Problem[]): void;
}

export interface BodyOptions {
  /** What messages call the operation. */
  readonly operation: string;
  /** What stack traces call its generated code: `POST/items`. */
  readonly source?: string | undefined;
  /** Largest body in bytes. */
  readonly limit: number;
  /** Whether a body without Content-Type is kept as bytes (the default) or parsed as JSON. */
  readonly strictContentType: boolean;
  /** The usual ones where it is left out. */
  readonly formLimits?: FormLimits | undefined;
  /** Strict takes JSON values as they are; lax converts, as FastAPI does. */
  readonly mode: Mode;
}

export const unparsable: Unreadable = { status: 400, detail: "There was an error parsing the body" };

/** The whole body, or why there is none. */
export async function readBytes(exchange: Exchange, limit: number): Promise<Uint8Array | Unreadable> {
  try {
    return await exchange.body(limit);
  } catch (error) {
    return refusalOf(error);
  }
}

/** @throws What no client can cause. */
export function refusalOf(error: unknown): Unreadable {
  if (error instanceof BodyTooLargeError) {
    return { status: 413, detail: `The request body is larger than ${error.limit} bytes` };
  }
  if (error instanceof BodyTimeoutError) return { status: 408, detail: "The request body did not arrive in time" };
  if (error instanceof BodyReadError) return unparsable;
  if (error instanceof FormError) return { status: error.status, detail: error.message };
  throw error;
}
