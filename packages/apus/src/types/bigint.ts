/** `types.bigint()`: an integer of any size, a JSON number on the wire. */
import { z } from "zod";
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
 * both ways. Read as `z.int()` is: from JSON numbers, from text, and whatever equals an integer.
 *
 * @throws RangeError for a bound that is no integer.
 * @example types.bigint({ ge: 0 }) // handler: 12345678901234567890n
 */
export function bigint(options: BigintOptions = {}): z.ZodCodec<z.ZodCustom<number, number>, z.ZodBigInt> {
  const { gt, ge, lt, le, multipleOf } = options;
  let integer = z.bigint();
  if (multipleOf !== undefined) integer = integer.multipleOf(BigInt(multipleOf));
  if (le !== undefined) integer = integer.lte(BigInt(le));
  if (lt !== undefined) integer = integer.lt(BigInt(lt));
  if (ge !== undefined) integer = integer.gte(BigInt(ge));
  if (gt !== undefined) integer = integer.gt(BigInt(gt));
  const inner = integer as unknown as ZodSchema;
  const wire: WireType = {
    label: (of) => of(inner),
    holds: "one",
    exact: true,
    reader: (compile) => compile(inner),
    writer: (compile) => compile(inner),
    shape: (describe) => describe(inner),
  };
  const sent = z.custom<number>((value) => ["number", "bigint", "string"].includes(typeof value));
  return wireCodec(wire, sent, integer);
}
