/** The values of one session while its request runs. */
import { ApusError } from "../diagnostic/index.ts";
import { JsonLimitError, JsonSyntaxError, parseJson } from "../exchange/index.ts";
import { decodeBase64, encodeBase64, utf8Text } from "../wire/index.ts";

/**
 * The session of a request: values that JSON can say, by key. What is changed is in the next request's session, a value
 * that was changed in place included. For tests, a `Map` is one.
 * @typeParam Shape What is kept under which key; nothing checks what an earlier version of the program has left in a cookie.
 */
export interface Session<Shape extends object = Record<string, unknown>> extends Iterable<[string, unknown]> {
  readonly size: number;
  get<K extends keyof Shape & string>(key: K): Shape[K] | undefined;
  has(key: keyof Shape & string): boolean;
  /** @throws ApusError for a value that JSON cannot say, and once the answer has begun. */
  set<K extends keyof Shape & string>(key: K, value: Exclude<Shape[K], undefined>): unknown;
  delete(key: keyof Shape & string): boolean;
  /** Forgets everything; the client's cookie is taken away. */
  clear(): void;
  entries(): IterableIterator<[string, unknown]>;
}

const encoder = new TextEncoder();

export class SessionValues extends Map<string, unknown> {
  /** Whether the client came with a session, be it an empty one. */
  readonly existed: boolean;
  /** What the session was when it was read, as text. */
  readonly #before: string;
  #touched = false;
  #closed = false;

  /** @param values Undefined where the client came without a session. */
  constructor(values: Readonly<Record<string, unknown>> | undefined) {
    super();
    this.existed = values !== undefined;
    for (const [key, value] of Object.entries(values ?? {})) super.set(key, value);
    this.#before = this.#text();
  }

  /** Whether it is to be written: it was set, or a value in it was changed in place. */
  get modified(): boolean {
    return this.#touched || this.#text() !== this.#before;
  }

  /** As it stands in the cookie: base64 of JSON. */
  payload(): string {
    return encodeBase64(encoder.encode(this.#text()), "standard");
  }

  /** From here on a change would be lost, so it is refused. */
  close(): void {
    this.#closed = true;
  }

  override set(key: string, value: unknown): this {
    this.#touch();
    if (typeof key !== "string" || key === "__proto__") {
      throw new ApusError(`APUS_SESSION: ${JSON.stringify(key)} cannot be a key of a session.`);
    }
    refuseOther(value, `"${key}"`, 0);
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.#touch();
    return super.delete(key);
  }

  override clear(): void {
    this.#touch();
    super.clear();
  }

  #touch(): void {
    if (this.#closed) {
      throw new ApusError(
        "APUS_SESSION: the session was changed after the answer had begun, when its cookie has been sent; change it before.",
      );
    }
    this.#touched = true;
  }

  #text(): string {
    return JSON.stringify(Object.fromEntries(this), (key, value: unknown) => (key === "__proto__" ? undefined : value));
  }
}

/** A session would silently give back something else than was put in. */
function refuseOther(value: unknown, place: string, depth: number): void {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return;
  if (Array.isArray(value) && depth < deepest) {
    for (const [i, each] of value.entries()) refuseOther(each, `${place}[${i}]`, depth + 1);
    return;
  }
  if (isPlain(value) && depth < deepest) {
    for (const [key, each] of Object.entries(value)) {
      if (each !== undefined) refuseOther(each, `${place}.${key}`, depth + 1);
    }
    return;
  }
  const what = depth >= deepest ? "nested too deeply, or contains itself" : "nothing that JSON can say";
  throw new ApusError(`APUS_SESSION: the session's value ${place} is ${what}; keep plain data.`);
}

const deepest = 100;

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The values of a payload; undefined for what is no record. */
export function readPayload(payload: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = decodeBase64(payload, "standard");
  const text = bytes instanceof Uint8Array ? utf8Text(bytes) : undefined;
  if (text === undefined) return undefined;
  try {
    const found = parseJson(text);
    if (!isPlain(found)) return undefined;
    dropPrototypes(found);
    return found as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof JsonLimitError) return undefined;
    throw error;
  }
}

/** A key `__proto__` is harmless until somebody copies the object. */
function dropPrototypes(value: object): void {
  if (Object.hasOwn(value, "__proto__")) Reflect.deleteProperty(value, "__proto__");
  for (const each of Object.values(value))
    if (typeof each === "object" && each !== null) dropPrototypes(each as object);
}
