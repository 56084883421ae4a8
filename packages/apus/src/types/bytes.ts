/** `types.bytes()` and `types.base64()`: bytes that stand on the wire as text. */
import { z } from "zod";
import { converted, fail, INVALID, outputMismatch, problem, type Problem, type WireType } from "../schema/index.ts";
import { decodeBase64, encodeBase64, Refusal, utf8Bytes, utf8Text, type Base64Alphabet } from "../wire/index.ts";
import { checkCounts } from "./limits.ts";
import { wireCodec } from "./wire-codec.ts";

type Bytes = z.ZodCodec<z.ZodString, z.ZodCustom<Uint8Array, Uint8Array>>;

/** How many bytes there may be. */
export interface BytesOptions {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Which base64 is read and written. */
export interface Base64Options {
  /**
   * `"standard"` (`+/`) and `"url"` (`-_`) are pydantic's `Base64Bytes` and `Base64UrlBytes`: padding is needed, characters of
   * no meaning are skipped. Left out, either alphabet is read, with or without padding and with nothing else in it, and
   * the URL-safe one is written, as pydantic does with `val_json_bytes` and `ser_json_bytes` set to `"base64"`.
   */
  readonly alphabet?: "standard" | "url" | undefined;
}

const bytesType = new Refusal("bytes_type", "Input should be a valid bytes");

/**
 * The bytes of a text in UTF-8, as pydantic's `bytes`. A body that is no JSON arrives as it was sent. Written as text again;
 * bytes that are no UTF-8 are no answer.
 *
 * @throws ApusError for a limit that is no whole number.
 * @example types.bytes({ max: 4096 }) // handler: a Uint8Array
 */
export function bytes(options: BytesOptions = {}): Bytes {
  const { min, max } = options;
  checkCounts("types.bytes()", options, "min", "max");
  return bytesCodec({
    label: "bytes",
    read: utf8Bytes,
    print: utf8Text,
    expected: "bytes that are text in UTF-8 (types.base64() takes any)",
    min,
    max,
    shape: {
      type: "string",
      contentMediaType: "application/octet-stream",
      ...(min === undefined ? {} : { minLength: min }),
      ...(max === undefined ? {} : { maxLength: max }),
    },
  });
}

/**
 * Bytes as base64 (RFC 4648).
 *
 * @example
 * types.base64() // "aGVsbG8=" on the wire, a Uint8Array in the handler
 * types.base64({ alphabet: "standard" })
 */
export function base64(options: Base64Options = {}): Bytes {
  const alphabet: Base64Alphabet = options.alphabet ?? "any";
  return bytesCodec({
    label: "base64",
    read: (text) => decodeBase64(text, alphabet),
    print: (value) => encodeBase64(value, alphabet),
    expected: "bytes: a Uint8Array",
    shape:
      alphabet === "any"
        ? { type: "string", contentEncoding: "base64", contentMediaType: "application/octet-stream" }
        : {
            type: "string",
            format: alphabet === "url" ? "base64url" : "base64",
            contentMediaType: "application/octet-stream",
          },
  });
}

interface BytesWire {
  readonly label: string;
  readonly read: (text: string) => Uint8Array | Refusal;
  /** Undefined for bytes that cannot be written. */
  readonly print: (bytes: Uint8Array) => string | undefined;
  readonly expected: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly shape: Readonly<Record<string, unknown>>;
}

function bytesCodec({
  label,
  read,
  print,
  expected,
  min = 0,
  max = Number.POSITIVE_INFINITY,
  shape,
}: BytesWire): Bytes {
  const measured = (found: Uint8Array, value: unknown, problems: Problem[]): unknown => {
    if (found.length < min) return fail(problems, tooFew(min, value));
    return found.length > max ? fail(problems, tooMany(max, value)) : found;
  };
  const wire: WireType = {
    label: () => label,
    holds: "one",
    reader: () => (value, problems) => {
      const found = typeof value === "string" ? read(value) : value instanceof Uint8Array ? value : bytesType;
      if (found instanceof Refusal) return fail(problems, problem(found.type, found.msg, value, found.ctx));
      return measured(converted(found), value, problems);
    },
    writer: () => (value, problems) => {
      if (!(value instanceof Uint8Array)) return fail(problems, outputMismatch(expected, value));
      const text = print(value);
      if (text === undefined) return fail(problems, outputMismatch(expected, value));
      return measured(value, value, problems) === INVALID ? INVALID : text;
    },
    shape: () => ({ ...shape }),
  };
  return wireCodec(wire, z.string(), z.instanceof(Uint8Array) as z.ZodCustom<Uint8Array, Uint8Array>);
}

const plural = (count: number): string => (count === 1 ? "" : "s");

const tooFew = (min: number, input: unknown): Problem =>
  problem("bytes_too_short", `Data should have at least ${min} byte${plural(min)}`, input, { min_length: min });

const tooMany = (max: number, input: unknown): Problem =>
  problem("bytes_too_long", `Data should have at most ${max} byte${plural(max)}`, input, { max_length: max });
