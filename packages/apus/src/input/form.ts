/**
 * Forms: `application/x-www-form-urlencoded`, read as FastAPI reads it (contract section 1.8). Any other content type is an
 * empty form. Single fields are keys of the body; a model alone is the whole form.
 */
import { ApusError } from "../diagnostic/index.ts";
import { allOf, lastOf, parseQuery, type Exchange } from "../exchange/index.ts";
import { readBytes, type BodyOptions, type BodyPlan, type Parsed, type Unreadable } from "./body-plan.ts";
import { checkAlone, checkModel, isFormField } from "./declaration.ts";
import { isModel, isMultiple, type Field } from "./locate.ts";
import { compileModel } from "./model.ts";
import { compileSingle, type ReadField } from "./single.ts";

/** As many fields, and as long ones, as FastAPI takes. */
const mostFields = 1000;
const longestField = 1024 * 1024;

/** @param fields All body inputs of an operation and its dependencies, at least one of them marked `form()`. */
export function compileForm(fields: readonly Field[], options: BodyOptions): BodyPlan {
  checkAlone(fields, options.operation);
  for (const field of fields) {
    checkField(field, options.operation);
    if (isModel(field)) checkModel(field, options.operation);
  }
  const readers = new Map(fields.map((field) => [field, compileField(field)]));
  return {
    embedded: !fields.some(isModel),
    form: true,
    parse: (exchange) => parse(exchange, options),
    read: (field, parsed, into, problems) =>
      readers.get(field)!(parsed.kind === "form" ? parsed.pairs : [], into, problems),
  };
}

function checkField({ name, location, schema, options }: Field, operation: string): void {
  if (location === "form" ? options.embed !== true : isFormField(schema)) return;
  throw new ApusError(
    location === "form"
      ? `APUS_FORM: ${operation}: "${name}" is marked form() and \`embed\`; the fields of a form are its keys already. Drop \`embed\`.`
      : `APUS_FORM: ${operation}: "${name}" is a JSON body beside a form; a request has one of them. Mark it form(), or make all of them body().`,
  );
}

function compileField(field: Field): ReadField {
  if (isModel(field)) return compileModel(field, "body");
  const read = compileSingle(field, ["body", field.alias]);
  if (isMultiple(field.schema)) {
    return (pairs, into, problems) => {
      const all = allOf(pairs as readonly string[], field.alias);
      read(all.length > 0 ? all : undefined, into, problems);
    };
  }
  // A browser sends what was left empty, so an empty text is an absent one.
  return (pairs, into, problems) => read(lastOf(pairs as readonly string[], field.alias) || undefined, into, problems);
}

const utf8 = new TextDecoder("utf-8");
const empty: Parsed = { kind: "form", pairs: [] };

async function parse(exchange: Exchange, { limit }: BodyOptions): Promise<Parsed | Unreadable> {
  const bytes = await readBytes(exchange, limit);
  if ("status" in bytes) return bytes;
  if (bytes.length === 0 || exchange.mediaType?.essence !== "application/x-www-form-urlencoded") return empty;
  const text = utf8.decode(bytes);
  const refused = refusal(text);
  return refused === undefined ? { kind: "form", pairs: parseQuery(text) } : { status: 400, detail: refused };
}

/** Counted before anything is decoded. */
function refusal(text: string): string | undefined {
  let fields = 0;
  for (let start = 0; start < text.length;) {
    let end = text.indexOf("&", start);
    if (end < 0) end = text.length;
    if (end - start > longestField) return "Field exceeded maximum size of 1024KB.";
    if (end > start && ++fields > mostFields) return `Too many fields. Maximum number of fields is ${mostFields}.`;
    start = end + 1;
  }
  return undefined;
}
