/**
 * Reads path, query, header and cookie parameters: raw values by FastAPI's rules (contract section 1.3: the last of a
 * repeated query key wins, the first of a repeated header), then by their schemas. Problems come in the order path, query,
 * header, cookie, whatever the order of declaration.
 */
import { allOf, isPlainName, isPlainQuery, lastInPlain, lastOf, type Exchange, type Pairs } from "../exchange/index.ts";
import { generateParameters, mayGenerate, type GeneratedParameter, type Problem } from "../schema/index.ts";
import { isModel, isMultiple, type Field } from "./locate.ts";
import { compileModel } from "./model.ts";
import { compileSingle } from "./single.ts";

/** Reads the parameters of one record into the values a handler gets. */
export type ParameterPlan = (
  exchange: Exchange,
  path: readonly string[],
  into: Record<string, unknown>,
  problems: Problem[],
) => void;

const order = ["path", "query", "header", "cookie"] as const;
type ParameterLocation = (typeof order)[number];

/**
 * The reading of the parameters: generated code where the platform generates any, which leaves to the same closures whatever
 * is not plainly right.
 * @param fields The located inputs of one record, which `checkFields` has nothing against; those of other locations are left out.
 * @param names The parameter names of the path template, in order.
 * @param name What stack traces call the generated source.
 * @returns undefined where there is nothing to read.
 */
export function compileParameters(
  fields: readonly Field[],
  names: readonly string[],
  name?: string,
): ParameterPlan | undefined {
  const parameters = order.flatMap((location) =>
    fields.filter((field) => field.location === location).map((field) => parameterOf(field, location, names)),
  );
  if (parameters.length === 0) return undefined;
  let read: ParameterPlan | undefined;
  return (exchange, path, into, problems) => {
    read ??= mayGenerate() ? generateParameters(parameters, plainQuery, name) : inTurn(parameters);
    read(exchange, path, into, problems);
  };
}

/** The same without generated code. */
function inTurn(parameters: readonly Parameter[]): ParameterPlan {
  return (exchange, path, into, problems) => {
    for (const { source, read } of parameters) {
      read(source.kind === "path" ? path[source.index] : source.raw(exchange, path), into, problems);
    }
  };
}

type Parameter = GeneratedParameter<Exchange>;

const plainQuery = {
  of: ({ target }: Exchange): string | undefined => {
    const query = target?.query ?? "";
    return isPlainQuery(query) ? query : undefined;
  },
  find: lastInPlain,
};

function parameterOf(field: Field, location: ParameterLocation, names: readonly string[]): Parameter {
  const { name, alias, schema } = field;
  if (isModel(field)) {
    const source = { kind: "other", raw: pairsOf(location) } as const;
    return { name, schema: undefined, source, read: compileModel(field, location) };
  }
  const source = sourceOf(field, location, names);
  const read = compileSingle(field, [location, alias]);
  return { name, schema: isMultiple(schema) ? undefined : schema, source, read };
}

function sourceOf(
  { alias, schema }: Field,
  location: ParameterLocation,
  names: readonly string[],
): Parameter["source"] {
  if (location === "path") return { kind: "path", index: names.indexOf(alias) };
  const header = alias.toLowerCase();
  if (!isMultiple(schema)) {
    if (location === "query") {
      const kind = isPlainName(alias) ? "query" : "other";
      return { kind, name: alias, raw: (exchange) => lastOf(exchange.query, alias) };
    }
    if (location === "header") return { kind: "other", raw: (exchange) => exchange.incoming.header(header) };
    return { kind: "other", raw: (exchange) => lastOf(exchange.cookies, alias) };
  }
  // No value at all is an absent list, not an empty one.
  const some = (values: readonly string[]): readonly string[] | undefined => (values.length > 0 ? values : undefined);
  if (location === "query") return { kind: "other", raw: (exchange) => some(allOf(exchange.query, alias)) };
  if (location === "header") return { kind: "other", raw: (exchange) => some(exchange.incoming.headerLines(header)) };
  return { kind: "other", raw: (exchange) => lastOf(exchange.cookies, alias) }; // a cookie cannot be a list; its reader says so
}

function pairsOf(location: ParameterLocation): (exchange: Exchange) => Pairs {
  if (location === "query") return (exchange) => exchange.query;
  return location === "header" ? (exchange) => exchange.incoming.headers() : (exchange) => exchange.cookies;
}
