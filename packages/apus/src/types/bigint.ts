/** `types.bigint()`: an integer of any size, a JSON number on the wire. */
import { z } from "zod";
import { ApusError } from "../diagnostic/index.ts";
import type { WireType, ZodSchema } from "../schema/index.ts";
import { wireCodec } from "./wire-codec.ts";

/** The bounds of an integer; `multipleOf` takes a divisor. */
export interface BigintOptions {
  readonly gt?: bigint | number | undefined;
  readonly ge?: bigint | number | undefined;
  readonly lt?: bigint | number | undefined;
  readonly le?: bigint | number | undefined;
  readonly multipleOf?: bigint | number | undefined;
}

/**
 * An integer of any size, as pydantic's `int`: a bigint in the handler, and a number on the wire that is exact beyond 2^53
 * both ways. Read as `z.int()` is: from JSON numbers, from text, and whatever equals an integer. A client of `createClient` sends
 * numbers and bigints, and reads numbers, as its `JSON.parse` makes them: rounded beyond 2^53. Answer with text where a client
 * in JavaScript has to know every digit.
 *
 * @throws ApusError for a bound that is no integer, and a divisor that is 0.
 * @example types.bigint({ ge: 0 }) // handler: 12345678901234567890n
 */
export function bigint(options: BigintOptions = {}): z.ZodCodec<z.ZodCustom<number, number | bigint>, z.ZodBigInt> {
  const [gt, ge, lt, le, multipleOf] = (["gt", "ge", "lt", "le", "multipleOf"] as const).map((name) =>
    integerOf(name, options[name]),
  );
  let integer = z.bigint();
  if (multipleOf !== undefined) integer = integer.multipleOf(multipleOf);
  if (le !== undefined) integer = integer.lte(le);
  if (lt !== undefined) integer = integer.lt(lt);
  if (ge !== undefined) integer = integer.gte(ge);
  if (gt !== undefined) integer = integer.gt(gt);
  const inner = integer as unknown as ZodSchema;
  const wire: WireType = {
    label: (of) => of(inner),
    holds: "one",
    exact: true,
    reader: (compile) => compile(inner),
    writer: (compile) => compile(inner),
    shape: (describe) => describe(inner),
  };
  const sent = z.custom((value) => ["number", "bigint", "string"].includes(typeof value));
  return wireCodec(wire, sent as z.ZodCustom<number, number | bigint>, integer);
}

function integerOf(name: keyof BigintOptions, bound: bigint | number | undefined): bigint | undefined {
  if (bound === undefined) return undefined;
  const isWhole = typeof bound === "bigint" || Number.isInteger(bound);
  if (!isWhole || (name === "multipleOf" && Number(bound) === 0)) {
    throw new ApusError(
      `APUS_SCHEMA: \`${name}\` of types.bigint() is ${String(bound)}; give an integer${isWhole ? " other than 0" : ""}.`,
    );
  }
  return BigInt(bound);
}
