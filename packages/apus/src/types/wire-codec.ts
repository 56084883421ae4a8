/** Makes zod codecs of wire types: the schema room reads their wire type, plain zod (`parse`, `z.encode`) runs it strictly. */
import { z } from "zod";
import { ofThisCopy } from "../diagnostic/index.ts";
import {
  compileReader,
  compileWriter,
  INVALID,
  type AnySchema,
  type Problem,
  type Read,
  type WireType,
} from "../schema/index.ts";

/**
 * A codec from what stands on the wire to what the handler gets.
 * @param sent What plain zod takes on the wire, and what the static type says about it.
 * @param given The same for the handler's side.
 */
export function wireCodec<A extends z.core.SomeType, B extends z.core.SomeType>(
  wire: WireType,
  sent: A,
  given: B,
): z.ZodCodec<A, B> {
  const codec = z.codec(sent as unknown as z.ZodType, given as unknown as z.ZodType, {
    decode: step(() => wire.reader((part) => compileReader(part as unknown as AnySchema, "strict"), "strict")),
    encode: step(() => wire.writer((part) => compileWriter(part as unknown as AnySchema))),
  });
  Object.assign(codec._zod.def, { wire: ofThisCopy(wire) });
  return codec as unknown as z.ZodCodec<A, B>;
}

/** @param make Makes the step when it is first taken: what a codec holds may be declared after it. */
function step(make: () => Read): (value: unknown, payload: z.core.ParsePayload) => unknown {
  let run: Read | undefined;
  return (value, payload) => {
    run ??= make();
    const problems: Problem[] = [];
    const found = run(value, problems);
    if (found !== INVALID) return found;
    for (const { type, loc, msg, ctx } of problems) {
      payload.issues.push({ code: "custom", message: msg, path: loc, input: value, params: { type, ...ctx } });
    }
    return z.NEVER;
  };
}
