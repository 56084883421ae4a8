/**
 * The JSON body: read once, parsed once, then handed to every input that wants it or a part of it (contract sections 1.6
 * and 1.7). One body input is the whole body; several, or one marked `embed`, are keys of an object.
 */
import {
  BodyReadError,
  BodyTooLargeError,
  JsonDepthError,
  JsonSyntaxError,
  parseJson,
  type Exchange,
} from "../exchange/index.ts";
import { compileReader, INVALID, missing, problem, type Mode, type Problem } from "../schema/index.ts";
import type { Field } from "./locate.ts";
import { acceptsAbsence } from "./parameters.ts";

/** What arrived: nothing, a JSON value, or text that is no JSON by its content type. */
type Parsed = { readonly kind: "absent" } | { readonly kind: "json" | "raw"; readonly value: unknown };

/** Why a body could not become a value. `status` 422 goes with problems, the others with a sentence. */
type Unreadable =
  | { readonly status: 422; readonly problems: readonly Problem[] }
  | { readonly status: 400 | 413; readonly detail: string };

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

const absent: Parsed = { kind: "absent" };

/** @param fields All body inputs of an operation and its dependencies; equal names are one input. */
export function compileBody(fields: readonly Field[], options: BodyOptions): BodyPlan {
  const names = new Set(fields.map((field) => field.alias));
  const embedded = names.size > 1 || fields.some((field) => field.options.embed === true);
  const readers = new Map(
    fields.map((field) => {
      const read = compileReader(field.schema, options.mode);
      return [field, { read, optional: acceptsAbsence(field.schema, read) }];
    }),
  );
  return {
    embedded,
    parse: (exchange) => parse(exchange, options),
    read(field, parsed, into, problems) {
      const { read, optional } = readers.get(field)!;
      const loc = embedded ? ["body", field.alias] : ["body"];
      const value = embedded ? part(field, parsed) : parsed.kind === "absent" ? undefined : parsed.value;
      const whole = embedded && parsed.kind === "json" && !isRecord(parsed.value) && parsed.value !== null;
      if ((value === undefined || value === null) && (whole || !optional)) {
        problems.push({ ...missing(null), loc });
        return;
      }
      const before = problems.length;
      const found = read(value ?? undefined, problems);
      if (found !== INVALID) into[field.name] = found;
      else for (let i = before; i < problems.length; i++) problems[i]!.loc.unshift(...loc);
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function part(field: Field, parsed: Parsed): unknown {
  if (parsed.kind !== "json" || !isRecord(parsed.value)) return undefined;
  return Object.hasOwn(parsed.value, field.alias) ? parsed.value[field.alias] : undefined;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");
const unparsable: Unreadable = { status: 400, detail: "There was an error parsing the body" };

async function parse(exchange: Exchange, options: BodyOptions): Promise<Parsed | Unreadable> {
  let bytes: Uint8Array;
  try {
    bytes = await exchange.body(options.limit);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      return { status: 413, detail: `The request body is larger than ${options.limit} bytes` };
    }
    if (error instanceof BodyReadError) return unparsable;
    throw error;
  }
  if (bytes.length === 0) return absent;
  const type = exchange.mediaType;
  const untyped = type === null && !exchange.incoming.header("content-type");
  if (type?.json !== true && !(untyped && !options.strictContentType))
    return { kind: "raw", value: lenient.decode(bytes) };
  return parseText(bytes);
}

function parseText(bytes: Uint8Array): Parsed | Unreadable {
  try {
    return { kind: "json", value: parseJson(utf8.decode(bytes)) };
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      const found = problem("json_invalid", "JSON decode error", {}, { error: error.message });
      return { status: 422, problems: [{ ...found, loc: ["body", error.position] }] };
    }
    if (error instanceof JsonDepthError || error instanceof TypeError || error instanceof RangeError) return unparsable;
    throw error;
  }
}
