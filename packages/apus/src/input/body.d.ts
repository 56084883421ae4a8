/**
 * The JSON body: read once, parsed once, then handed to every input that wants it or a part of it (contract sections 1.6
 * and 1.7). One body input is the whole body; several, or one marked `embed`, are keys of an object.
 */
import { type Exchange } from "../exchange/index.ts";
import { type Mode, type Problem } from "../schema/index.ts";
import type { Field } from "./locate.ts";
/** What arrived: nothing, a JSON value, or text that is no JSON by its content type. */
export type Parsed =
  | {
      readonly kind: "absent";
    }
  | {
      readonly kind: "json" | "raw";
      readonly value: unknown;
    };
/** Why a body could not become a value. `status` 422 goes with problems, the others with a sentence. */
export type Unreadable =
  | {
      readonly status: 422;
      readonly problems: readonly Problem[];
    }
  | {
      readonly status: 400 | 413;
      readonly detail: string;
    };
/** How one operation reads its body. */
export interface BodyPlan {
  readonly embedded: boolean;
  /** Reads and parses; never throws for what a client can cause. */
  parse(exchange: Exchange): Promise<Parsed | Unreadable>;
  /** Reads one input from what was parsed. */
  read(field: Field, parsed: Parsed, into: Record<string, unknown>, problems: Problem[]): void;
}
export interface BodyOptions {
  /** Largest body in bytes. */
  readonly limit: number;
  /** Whether a body without Content-Type is kept as text (the default) or parsed as JSON. */
  readonly strictContentType: boolean;
  /** Strict takes JSON values as they are; lax converts, as FastAPI does. */
  readonly mode: Mode;
}
/** @param fields All body inputs of an operation and its dependencies; equal names are one input. */
export declare function compileBody(fields: readonly Field[], options: BodyOptions): BodyPlan;
