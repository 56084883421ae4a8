/**
 * Reads path, query, header and cookie parameters: raw values by FastAPI's rules (contract section 1.3: the last of a
 * repeated query key wins, the first of a repeated header), then by their schemas. Problems come in the order path, query,
 * header, cookie, whatever the order of declaration.
 */
import { allOf, lastOf, type Exchange, type Pairs } from "../exchange/index.ts";
import type { Problem } from "../schema/index.ts";
import { checkFields } from "./declaration.ts";
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
  checkFields(fields, operation);
  const steps: ParameterPlan[] = [];
  for (const location of order) {
    for (const field of fields) {
      if (field.location !== location) continue;
      const model = isModel(field);
      const read = model ? compileModel(field, location) : compileSingle(field, [location, field.alias]);
      const raw: Raw = model ? pairsOf(location) : rawOf(field, location, names);
      steps.push((exchange, path, into, problems) => read(raw(exchange, path), into, problems));
    }
  }
  if (steps.length < 2) return steps[0];
  return (exchange, path, into, problems) => {
    for (const step of steps) step(exchange, path, into, problems);
  };
}

function rawOf({ alias, schema }: Field, location: ParameterLocation, names: readonly string[]): Raw {
  if (location === "path") {
    const index = names.indexOf(alias);
    return (_, path) => path[index];
  }
  const header = alias.toLowerCase();
  if (!isMultiple(schema)) {
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

function pairsOf(location: ParameterLocation): (exchange: Exchange) => Pairs {
  if (location === "query") return (exchange) => exchange.query;
  return location === "header" ? (exchange) => exchange.incoming.headers() : (exchange) => exchange.cookies;
}
