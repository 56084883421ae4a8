/** Messages as values: JSON that a schema reads and writes, and what is wrong with one that does not fit. */
import { ApusError } from "../diagnostic/index.ts";
import { RequestValidationError, type ValidationError } from "../error/index.ts";
import {
  dropPrototypeKeys,
  holdsInexactNumbers,
  JsonSyntaxError,
  mayHoldPrototypeKeys,
  parseExactJson,
  parseJson,
} from "../exchange/index.ts";
import {
  compileReader,
  compileWriter,
  encode,
  INVALID,
  jsonText,
  problem,
  wantsExactNumbers,
  type AnySchema,
  type Mode,
  type Problem,
} from "../schema/index.ts";
import { WebSocketException } from "./close.ts";

export type Message = string | Uint8Array;

/**
 * A message that its schema does not allow, or that is no JSON. A handler may catch it, tell the client and go on; one that does
 * not ends the connection with 1007 and the first thing that is wrong.
 * @example
 * try { change = await socket.receive(); } catch (error) {
 *   if (!(error instanceof MessageValidationError)) throw error;
 *   await socket.send({ errors: error.errors() });
 * }
 */
export class MessageValidationError extends WebSocketException {
  override readonly name: string = "MessageValidationError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    super(1007, first === undefined ? "" : `${first.loc.join(".")}: ${first.msg}`);
    this.problems = problems;
  }

  /** The problems as a 422 would list them, as JSON; places begin with `message`. */
  errors(): ValidationError[] {
    return new RequestValidationError(this.problems).errors();
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

const unreadable = (): MessageValidationError =>
  new MessageValidationError([{ ...problem("json_invalid", "The message could not be read", {}), loc: ["message"] }]);

/** @throws MessageValidationError for bytes that are no UTF-8. */
function textOf(data: Message): string {
  if (typeof data === "string") return data;
  try {
    return utf8.decode(data);
  } catch {
    throw unreadable();
  }
}

/** @throws MessageValidationError for text that is no JSON. */
function parsed(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      const found = problem("json_invalid", "JSON decode error", {}, { error: error.message });
      throw new MessageValidationError([{ ...found, loc: ["message", error.position] }]);
    }
    // Too deep, too many keys, numbers too long.
    if (error instanceof RangeError) throw unreadable();
    throw error;
  }
}

/** Any JSON value that a message says, without keys called `__proto__`. @throws MessageValidationError for what is no JSON. */
export function readJson(data: Message): unknown {
  const text = textOf(data);
  const value = parsed(text, parseJson);
  if (mayHoldPrototypeKeys(text)) dropPrototypeKeys(value);
  return value;
}

/**
 * @param name What stack traces call the generated code.
 * @returns What makes a value of a message. It throws MessageValidationError.
 */
export function messageReader(schema: AnySchema, mode: Mode, name: string): (data: Message) => unknown {
  const plain = compileReader(schema, mode, "plain", name);
  const exact = wantsExactNumbers(schema) ? compileReader(schema, mode, "exact", name) : undefined;
  return (data) => {
    const text = textOf(data);
    const read = exact !== undefined && holdsInexactNumbers(text) ? exact : plain;
    const value = parsed(text, read === exact ? parseExactJson : parseJson);
    const problems: Problem[] = [];
    let found = read(value, problems);
    // Read first with the key, so that an object that allows no further keys refuses it.
    if (found !== INVALID && mayHoldPrototypeKeys(text) && dropPrototypeKeys(value)) found = read(value, problems);
    if (found !== INVALID) return found;
    throw new MessageValidationError(problems.map((each) => ({ ...each, loc: ["message", ...each.loc] })));
  };
}

/**
 * @param label Who sends, as messages call it.
 * @returns What makes a message of a value. It throws ApusError for one that the schema does not allow.
 */
export function messageWriter(schema: AnySchema, label: string, name: string): (value: unknown) => string {
  const write = compileWriter(schema, {}, name);
  return (value) => {
    const problems: Problem[] = [];
    const found = write(value, problems);
    if (found !== INVALID) return jsonText(found);
    const all = problems.map((each) => `${["message", ...each.loc].join(".")}: ${each.msg}`);
    throw new ApusError(
      `APUS_SEND_MISMATCH: ${label} was to send a value that does not fit its schema: ${all.join("; ")}`,
    );
  };
}

/** @throws EncodeError for what JSON cannot say. */
export const writeJson = (value: unknown): string => jsonText(encode(value));

/**
 * @param who Who sends, and `advice` what to do instead.
 * @throws ApusError for what is neither text nor bytes.
 */
export function checkMessage(
  data: unknown,
  who = "a socket without a `send` schema sends",
  advice = "declare { send: schema }, or use sendJson(value)",
): Message {
  if (typeof data === "string" || data instanceof Uint8Array) return data;
  throw new ApusError(
    `APUS_SEND_MISMATCH: ${who} text or bytes, not ${data === null ? "null" : `a ${typeof data}`}; ${advice}.`,
  );
}
