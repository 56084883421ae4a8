/**
 * The JSON body: read once, parsed once, then handed to every input that wants it or a part of it (contract sections 1.6
 * and 1.7). One body input is the whole body; several, or one marked `embed`, are keys of an object.
 */
import { ApusError } from "../diagnostic/index.ts";
import {
  dropPrototypeKeys,
  holdsInexactNumbers,
  JsonLimitError,
  JsonSyntaxError,
  mayHoldPrototypeKeys,
  parseExactJson,
  parseJson,
  type Content,
  type Exchange,
} from "../exchange/index.ts";
import {
  compileReader,
  INVALID,
  isZod,
  missing,
  problem,
  wantsExactNumbers,
  type AnySchema,
  type Step,
} from "../schema/index.ts";
import { readBytes, unparsable, type BodyOptions, type BodyPlan, type Parsed, type Unreadable } from "./body-plan.ts";
import { bodyShapeOf } from "./body-shape.ts";
import { isContent } from "./declaration.ts";
import { compileForm } from "./form.ts";
import { inForm, isStream, type Field } from "./locate.ts";
import { acceptsAbsence } from "./single.ts";

const absent: Parsed = { kind: "absent" };

/** @param fields All body inputs of an operation and its dependencies; equal names are one input. */
export function compileBody(fields: readonly Field[], options: BodyOptions): BodyPlan {
  const stream = fields.find(({ schema }) => isStream(schema));
  if (stream !== undefined) return compileStream(stream, fields, options);
  if (fields.some(inForm)) return compileForm(fields, options);
  const { embedded } = bodyShapeOf(fields);
  const exact = fields.some((field) => wantsExactNumbers(field.schema));
  const readers = new Map(
    fields.map((field) => {
      const source = options.source && `${options.source}/${field.name}`;
      const read = compileReader(field.schema, options.mode, "plain", source);
      const readExact = exact ? compileReader(field.schema, options.mode, "exact", source) : read;
      const optional = acceptsAbsence(field.schema, read);
      return [field, { read, readExact, optional, bytes: takesBytes(field.schema) }];
    }),
  );
  return {
    embedded,
    kind: "json",
    parse: (exchange) => parse(exchange, options, exact),
    take: (exchange, body) => take(exchange, body, options, exact),
    read(field, parsed, into, problems) {
      const { read, readExact, optional, bytes } = readers.get(field)!;
      const value = embedded ? part(field, parsed) : valueOf(parsed, bytes);
      if (value === undefined || value === null) {
        const whole = embedded && parsed.kind === "json" && !isRecord(parsed.value) && parsed.value !== null;
        if (whole || !optional) {
          problems.push({ ...missing(null), loc: placeOf(field, embedded) });
          return;
        }
      }
      const before = problems.length;
      const isExact = parsed.kind === "json" && parsed.exact;
      const reader = isExact ? readExact : read;
      let found = reader(value ?? undefined, problems);
      // What the schema does not look into (`z.unknown()`) would be handed on as it was sent. Read first with the key, so that
      // an object that allows no further keys refuses it.
      if (found !== INVALID && parsed.kind === "json" && parsed.hostile && dropPrototypeKeys(value)) {
        found = reader(value ?? undefined, problems);
      }
      if (found !== INVALID) into[field.name] = found;
      else for (let i = before; i < problems.length; i++) problems[i]!.loc.unshift(...placeOf(field, embedded));
    },
  };
}

function placeOf(field: Field, embedded: boolean): Step[] {
  return embedded ? ["body", field.alias] : ["body"];
}

/** A body that the handler reads itself, piece by piece. */
function compileStream(stream: Field, fields: readonly Field[], { limit, operation }: BodyOptions): BodyPlan {
  const other = fields.find((field) => field.name !== stream.name);
  if (other !== undefined || stream.options.embed === true) {
    throw new ApusError(
      `APUS_INPUT_TYPE: ${operation}: "${stream.name}" is the body as a stream, so nothing else can be read from it. ${other === undefined ? "Drop `embed`." : `Send "${other.name}" in the query or a header.`}`,
    );
  }
  return {
    embedded: false,
    kind: "stream",
    parse: (exchange) => Promise.resolve({ kind: "stream", pieces: exchange.stream(limit) }),
    read(field, parsed, into) {
      if (parsed.kind === "stream") into[field.name] = parsed.pieces;
    },
  };
}

/** Whether an input wants the bytes themselves where the body is no JSON. */
function takesBytes(schema: AnySchema): boolean {
  return isZod(schema) && isContent(schema);
}

const lenient = new TextDecoder("utf-8");

function valueOf(parsed: Parsed, bytes: boolean): unknown {
  if (parsed.kind === "json") return parsed.value;
  if (parsed.kind !== "raw") return undefined;
  return bytes ? parsed.bytes : lenient.decode(parsed.bytes);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function part(field: Field, parsed: Parsed): unknown {
  if (parsed.kind !== "json" || !isRecord(parsed.value)) return undefined;
  return Object.hasOwn(parsed.value, field.alias) ? parsed.value[field.alias] : undefined;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A body, as a whole. */
type Sent = Uint8Array | Content;

/** @param exact Whether a reader wants numbers exactly as they were sent. */
async function parse(exchange: Exchange, options: BodyOptions, exact: boolean): Promise<Parsed | Unreadable> {
  const bytes = await readBytes(exchange, options.limit);
  return "status" in bytes ? bytes : take(exchange, bytes, options, exact);
}

function take(exchange: Exchange, body: Sent, options: BodyOptions, exact: boolean): Parsed | Unreadable {
  if (body.length === 0) return absent;
  const type = exchange.mediaType;
  const untyped = type === null && !exchange.incoming.header("content-type");
  if (type?.json !== true && !(untyped && !options.strictContentType)) return { kind: "raw", bytes: bytesOf(body) };
  return parseText(exchange, body, exact);
}

const bytesOf = (body: Sent): Uint8Array => (body instanceof Uint8Array ? body : body.bytes());

/** @throws TypeError for bytes that are no UTF-8. */
function textOf({ incoming }: Exchange, body: Sent): string {
  // The adapter's own way is faster. What it could not read is a replacement character, which may also have been sent.
  const text = body instanceof Uint8Array ? incoming.utf8?.(body) : body.utf8();
  const isSure = text !== undefined && !text.includes("\ufffd") && text.charCodeAt(0) !== 0xfeff;
  return isSure ? text : utf8.decode(bytesOf(body));
}

function parseText(exchange: Exchange, body: Sent, exact: boolean): Parsed | Unreadable {
  let text = "";
  try {
    text = textOf(exchange, body);
    const isExact = exact && holdsInexactNumbers(text);
    const value = isExact ? parseExactJson(text) : parseJson(text);
    return { kind: "json", value, exact: isExact, hostile: mayHoldPrototypeKeys(text) };
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      const found = problem("json_invalid", "JSON decode error", {}, { error: error.message });
      return { status: 422, problems: [{ ...found, loc: ["body", error.position] }], text };
    }
    if (error instanceof JsonLimitError || error instanceof TypeError || error instanceof RangeError) return unparsable;
    throw error;
  }
}
