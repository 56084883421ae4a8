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
  const own = new Map<string, string>();
  for (const [key, wireName] of wireNames) {
    const other = own.get(wireName);
    if (other !== undefined) {
      throw new ApusError(
        `APUS_ALIAS: two fields of the model, "${other}" and "${key}", have one name on the wire: "${wireName}".`,
      );
    }
    own.set(wireName, key);
  }
  const fields = z.object(Object.fromEntries([...wireNames].map(([key, wireName]) => [wireName, shape[key]!])));
  const closed = catchall === undefined ? fields : fields.catchall(catchall);
  const meta = model.meta();
  const wire = meta === undefined ? closed : closed.meta(meta);
  // What the fields are worth has been decided under their wire names; what is left are the model's own refinements.
  const value = z.custom<Record<string, unknown>>().check(...checks.map((check) => placing(check, wireNames)));
  return z.codec(wire, value, {
    decode: (sent) => keepUnset(sent, rename(sent, own), own),
    encode: (given) => keepUnset(given, read(given, wireNames), wireNames),
  }) as unknown as Aliased<S, C, N>;
}

function rename(value: object, names: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [names.get(key) ?? key, each]));
}

/** @returns the renamed value, of which it is known what a default filled in, as it was of the value itself. */
function keepUnset<T extends object>(value: object, renamed: T, names: ReadonlyMap<string, string>): T {
  const unset = unsetOf(value).map((key) => names.get(key) ?? key);
  if (unset.length > 0) rememberUnset(renamed, unset);
  return renamed;
}

type Check = z.core.$ZodCheck<Record<string, unknown>>;

/** A refinement knows the fields by their own names; what it reports stands at the names on the wire. */
function placing(check: z.core.$ZodCheck, wireNames: ReadonlyMap<string, string>): Check {
  const run = (check as Check)._zod.check;
  const placed: Check["_zod"]["check"] = (payload) => {
    const before = payload.issues.length;
    const place = (): void => {
      for (const issue of payload.issues.slice(before)) {
        const [first, ...rest] = issue.path ?? [];
        const wireName = typeof first === "string" ? wireNames.get(first) : undefined;
        if (wireName !== undefined) Object.assign(issue, { path: [wireName, ...rest] });
      }
    };
    const later = run(payload);
    return later instanceof Promise ? later.then(place) : place();
  };
  // Everything else of the check stays as it is, what zod works out when it is asked for included.
  const inside: unknown = Object.create(check._zod, { check: { value: placed } });
  return Object.create(check, { _zod: { value: inside } }) as Check;
}

/** Getters and class instances are read too, as of any model that is written. */
function read(value: object, wireNames: ReadonlyMap<string, string>): Record<string, unknown> {
  const fields = [...wireNames].flatMap(([key, wireName]): [string, unknown][] =>
    key in value ? [[wireName, (value as Record<string, unknown>)[key]]] : [],
  );
  const others = Object.entries(value).filter(([key]) => !wireNames.has(key));
  return Object.fromEntries([...others, ...fields]);
}
