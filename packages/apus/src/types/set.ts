/** `types.set()`: a list on the wire, a `Set` in the handler. */
import { z } from "zod";
import { ofThisCopy } from "../diagnostic/index.ts";
import { tooFewItems, tooManyItems, type Problem, type WireType, type ZodSchema } from "../schema/index.ts";
import { checkCounts } from "./limits.ts";

/** How many different items there may be. */
export interface SetOptions {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * A set, as pydantic's `set`: a list on the wire, from which doubles are dropped. (`z.set()` reads the same, but says to the
 * type checker that a client sends a `Set`.)
 *
 * @throws ApusError for a limit that is no whole number.
 * @example types.set(z.string(), { max: 10 }) // ["a", "b", "a"] → new Set(["a", "b"])
 */
export function set<T extends z.core.SomeType>(
  item: T,
  options: SetOptions = {},
): z.ZodCodec<z.ZodArray<T>, z.ZodCustom<Set<z.output<T>>, Set<z.output<T>>>> {
  const { min, max } = options;
  checkCounts("types.set()", options, "min", "max");
  let whole = z.set(item);
  if (min !== undefined) whole = whole.min(min);
  if (max !== undefined) whole = whole.max(max);
  const inner = whole as unknown as ZodSchema;
  const wire: WireType = {
    label: (of) => of(inner),
    holds: "many",
    reader: (compile) => compile(inner),
    writer: (compile) => compile(inner),
    shape: (describe) => describe(inner),
  };
  const given = z
    .custom<Set<z.output<T>>>((value) => value instanceof Set)
    .check((payload) => {
      const problems: Problem[] = [];
      const { size } = payload.value;
      if (size < (min ?? 0)) problems.push(tooFewItems("Set", min!, size, payload.value));
      if (size > (max ?? Infinity)) problems.push(tooManyItems("Set", max!, size, payload.value));
      for (const { msg } of problems) payload.issues.push({ code: "custom", message: msg, input: payload.value });
    });
  // Under plain zod the list has read its items when it gets here.
  const codec = z.codec(z.array(item), given, {
    decode: (items) => new Set(items as z.output<T>[]),
    encode: (items) => [...items] as z.input<T>[] as never,
  });
  Object.assign(codec._zod.def, { wire: ofThisCopy(wire) });
  return codec;
}
