/** A model of which everything may be left out, for updates that change only what is sent. */
import { z } from "zod";
import { ApusError } from "../diagnostic/index.ts";

type Undefaulted<S> = S extends z.ZodDefault<infer I> | z.ZodPrefault<infer I> | z.ZodOptional<infer I>
  ? Undefaulted<I>
  : S;
type PartialShape<S> = { -readonly [K in keyof S]: z.ZodExactOptional<Extract<Undefaulted<S[K]>, z.core.SomeType>> };

/**
 * The same model with every field optional and no defaults: what was not sent is not there. (zod's `.partial()` keeps
 * defaults, so that an update would reset every field that was left out.) Unknown keys are treated as the model does.
 *
 * @throws ApusError for a model with refinements, which may rely on fields that are absent now, and for what is no object.
 * @example
 * const ItemUpdate = partial(Item).meta({ id: "ItemUpdate" });
 * patch("/items/{id}", { input: { id: z.string(), item: ItemUpdate } }, ({ id, item }) => ({ ...stored(id), ...item }));
 */
export function partial<S extends z.core.$ZodShape, C extends z.core.$ZodObjectConfig>(
  model: z.ZodObject<S, C>,
): z.ZodObject<PartialShape<S>, C> {
  const { type, shape, checks, catchall } = model._zod.def;
  if ((type as string) !== "object") {
    throw new ApusError(
      "APUS_PARTIAL: partial() takes an object model. Of an aliased one, alias the partial model: types.aliased(partial(Item), { … }); of any other, make the model inside it partial.",
    );
  }
  if (checks !== undefined && checks.length > 0) {
    throw new ApusError(
      "APUS_PARTIAL: partial() takes a model without refinements, which may rely on fields that can be absent now. Build both from one plain object, and refine each.",
    );
  }
  const fields = Object.entries(shape).map(([key, field]): [string, z.core.SomeType] => [
    key,
    z.exactOptional(undefaulted(field)),
  ]);
  const made = z.object(Object.fromEntries(fields));
  return (catchall === undefined ? made : made.catchall(catchall)) as unknown as z.ZodObject<PartialShape<S>, C>;
}

function undefaulted(schema: z.core.SomeType): z.core.SomeType {
  const def = (schema as z.core.$ZodType)._zod.def as { type: string; innerType?: z.core.SomeType };
  return def.type === "default" || def.type === "prefault" || def.type === "optional"
    ? undefaulted(def.innerType!)
    : schema;
}
