/** A model whose fields have other names on the wire than in the program. */
import { z } from "zod";
import { ApusError } from "../diagnostic/index.ts";
import { rememberUnset, unsetOf } from "../schema/index.ts";

type Renamed<S, N> = { [K in keyof S as K extends keyof N ? Extract<N[K], string> : K]: S[K] };

/** A model under its names on the wire, and the same under the program's. */
export type Aliased<S extends z.core.$ZodShape, C extends z.core.$ZodObjectConfig, N> = z.ZodCodec<
  z.ZodObject<Renamed<S, N>, C>,
  z.ZodCustom<z.output<z.ZodObject<S, C>>, z.output<z.ZodObject<S, C>>>
>;

/**
 * Gives fields of a model aliases: the wire, error locations, the document and the client have the alias, the handler has the
 * field's own name. As pydantic's `alias`: the own name is not accepted on the wire.
 *
 * @param names Alias by field; fields that are not named keep their name.
 * @throws ApusError for a field that the model does not have, or an alias that another field has.
 * @example
 * const Item = types.aliased(z.object({ itemName: z.string() }), { itemName: "item-name" });
 * // {"item-name": "Foo"} on the wire, { itemName: "Foo" } in the handler
 */
export function aliased<
  S extends z.core.$ZodShape,
  C extends z.core.$ZodObjectConfig,
  const N extends { readonly [K in keyof S]?: string },
>(model: z.ZodObject<S, C>, names: N): Aliased<S, C, N> {
  const { shape, checks = [], catchall } = model._zod.def;
  for (const field of Object.keys(names)) {
    if (!Object.hasOwn(shape, field))
      throw new ApusError(`APUS_ALIAS: the model has no field "${field}" to be aliased.`);
  }
  const wireNames = new Map(Object.keys(shape).map((key) => [key, names[key] ?? key]));
  const own = new Map([...wireNames].map(([key, wireName]) => [wireName, key]));
  if (own.size < wireNames.size) throw new ApusError("APUS_ALIAS: two fields of the model have one name on the wire.");
  const fields = z.object(Object.fromEntries([...wireNames].map(([key, wireName]) => [wireName, shape[key]!])));
  const closed = catchall === undefined ? fields : fields.catchall(catchall);
  const meta = model.meta();
  const wire = meta === undefined ? closed : closed.meta(meta);
  // What the fields are worth has been decided under their wire names; what is left are the model's own refinements.
  const value = z.custom<Record<string, unknown>>().check(...(checks as z.core.$ZodCheck<Record<string, unknown>>[]));
  return z.codec(wire, value, {
    decode: (sent) => {
      const named = rename(sent, own);
      const unset = unsetOf(sent);
      if (unset.length > 0)
        rememberUnset(
          named,
          unset.map((wireName) => own.get(wireName) ?? wireName),
        );
      return named;
    },
    encode: (given) => read(given, wireNames),
  }) as unknown as Aliased<S, C, N>;
}

function rename(value: object, names: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [names.get(key) ?? key, each]));
}

/** Getters and class instances are read too, as of any model that is written. */
function read(value: object, wireNames: ReadonlyMap<string, string>): Record<string, unknown> {
  const fields = [...wireNames].flatMap(([key, wireName]): [string, unknown][] =>
    key in value ? [[wireName, (value as Record<string, unknown>)[key]]] : [],
  );
  const others = Object.entries(value).filter(([key]) => !wireNames.has(key));
  return Object.fromEntries([...others, ...fields]);
}
