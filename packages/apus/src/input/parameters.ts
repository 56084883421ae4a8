/**
 * Reads path, query, header and cookie parameters: raw values by FastAPI's rules (contract section 1.3: the last of a
 * repeated query key wins, the first of a repeated header), then by their schemas. Problems come in the order path, query,
 * header, cookie, whatever the order of declaration.
 */
import { ApusError } from "../diagnostic/index.ts";
import { allOf, lastOf, type Exchange, type Pairs } from "../exchange/index.ts";
import {
  compileReader,
  INVALID,
  isZod,
  mayBeAbsent,
  missing,
  type AnySchema,
  type Problem,
  type Read,
  type ZodSchema,
} from "../schema/index.ts";
import { headerName, isMultiple, modelOf, type Field } from "./locate.ts";

/** Reads the parameters of one record into the values a handler gets. */
export type ParameterPlan = (
  exchange: Exchange,
  path: readonly string[],
  into: Record<string, unknown>,
  problems: Problem[],
) => void;

type Raw = (exchange: Exchange, path: readonly string[]) => unknown;

const order = ["path", "query", "header", "cookie"] as const;
type ParameterLocation = (typeof order)[number];

/**
 * @param fields The located inputs of one record; those of other locations are left out.
 * @param names The parameter names of the path template, in order.
 * @returns undefined where there is nothing to read.
 */
export function compileParameters(
  fields: readonly Field[],
  names: readonly string[],
  operation: string,
): ParameterPlan | undefined {
  const steps: ParameterPlan[] = [];
  for (const location of order) {
    const here = fields.filter((field) => field.location === location);
    const model = here.find((field) => modelOf(field) !== undefined);
    if (model !== undefined && here.length > 1) {
      const other = here.find((field) => field !== model)!;
      throw new ApusError(
        `APUS_MODEL: ${operation}: the parameter model "${model.name}" has to be the only input of its location; move "${other.name}" into it.`,
      );
    }
    for (const field of here) steps.push(model === undefined ? single(field, location, names) : whole(field, location));
  }
  if (steps.length < 2) return steps[0];
  return (exchange, path, into, problems) => {
    for (const step of steps) step(exchange, path, into, problems);
  };
}

/** Whether a value may be left out: then the reader is asked what stands for it. */
export function acceptsAbsence(schema: AnySchema, read: Read): boolean {
  return isZod(schema) ? mayBeAbsent(schema) : read(undefined, []) !== INVALID;
}

function single(field: Field, location: ParameterLocation, names: readonly string[]): ParameterPlan {
  const { name, alias } = field;
  const read = compileReader(field.schema);
  const optional = acceptsAbsence(field.schema, read);
  const raw = rawOf(location, alias, isMultiple(field.schema), names);
  return (exchange, path, into, problems) => {
    const value = raw(exchange, path);
    if (value === undefined && !optional) {
      problems.push({ ...missing(null), loc: [location, alias] });
      return;
    }
    const before = problems.length;
    const found = read(value, problems);
    if (found !== INVALID) into[name] = found;
    else for (let i = before; i < problems.length; i++) problems[i]!.loc.unshift(location, alias);
  };
}

function rawOf(location: ParameterLocation, alias: string, multiple: boolean, names: readonly string[]): Raw {
  if (location === "path") {
    const index = names.indexOf(alias);
    return (_, path) => path[index];
  }
  const header = alias.toLowerCase();
  if (!multiple) {
    if (location === "query") return (exchange) => lastOf(exchange.query, alias);
    if (location === "header") return (exchange) => exchange.incoming.header(header);
    return (exchange) => lastOf(exchange.cookies, alias);
  }
  // No value at all is an absent list, not an empty one.
  const some = (values: readonly string[]): readonly string[] | undefined => (values.length > 0 ? values : undefined);
  if (location === "query") return (exchange) => some(allOf(exchange.query, alias));
  if (location === "header") return (exchange) => some(exchange.incoming.headerLines(header));
  return (exchange) => lastOf(exchange.cookies, alias); // a cookie cannot be a list; its reader says so
}

/** A parameter model: its fields are read one by one, and the model as a whole judges them, unknown keys included. */
function whole(field: Field, location: ParameterLocation): ParameterPlan {
  const read = compileReader(field.schema);
  const shape = modelOf(field)!._zod.def.shape ?? {};
  const dashes = field.options.convertUnderscores !== false;
  const onWire = (key: string): string => (location !== "header" ? key : dashes ? headerName(key) : key.toLowerCase());
  const wireNames = new Map(Object.keys(shape).map((key) => [onWire(key), key]));
  const first = location === "header";
  return (exchange, _, into, problems) => {
    const raw = collect(pairsOf(exchange, location), wireNames, shape, first);
    const before = problems.length;
    const found = read(raw, problems);
    if (found !== INVALID) into[field.name] = found;
    else for (let i = before; i < problems.length; i++) problems[i]!.loc.unshift(location);
  };
}

function pairsOf(exchange: Exchange, location: ParameterLocation): Pairs {
  if (location === "query") return exchange.query;
  return location === "header" ? exchange.incoming.headers() : exchange.cookies;
}

function collect(
  pairs: Pairs,
  wireNames: ReadonlyMap<string, string>,
  shape: Readonly<Record<string, ZodSchema>>,
  firstWins: boolean,
): Record<string, unknown> {
  const values = new Map<string, string[]>();
  for (let i = 0; i < pairs.length; i += 2) {
    const name = pairs[i]!;
    const field = wireNames.get(name);
    // A header that is literally named `save_data` is not what the field save_data reads.
    if (field === undefined && Object.hasOwn(shape, name)) continue;
    const key = field ?? name;
    const known = values.get(key);
    if (known === undefined) values.set(key, [pairs[i + 1]!]);
    else known.push(pairs[i + 1]!);
  }
  const raw = Object.create(null) as Record<string, unknown>;
  for (const [key, all] of values) {
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (schema === undefined) raw[key] = all.length > 1 ? all : all[0];
    else raw[key] = isMultiple(schema as unknown as AnySchema) ? all : firstWins ? all[0] : all.at(-1);
  }
  return raw;
}
