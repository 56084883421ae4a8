/**
 * Forms: `application/x-www-form-urlencoded` and `multipart/form-data`, read as FastAPI reads them (contract section 1.8).
 * Any other content type is an empty form. Single fields are keys of the body; a model alone is the whole form.
 */
import { ApusError } from "../diagnostic/index.ts";
import { parseQuery, type Exchange } from "../exchange/index.ts";
import {
  readMultipart,
  tooLarge,
  tooMany,
  Upload,
  usualLimits,
  type FormError,
  type FormLimits,
  type MultipartForm,
} from "../multipart/index.ts";
import { isZod, unwrap } from "../schema/index.ts";
import { readBytes, refusalOf, type BodyOptions, type BodyPlan, type Parsed, type Unreadable } from "./body-plan.ts";
import { bodyShapeOf } from "./body-shape.ts";
import { checkAlone, checkModel, isContent, isFormField } from "./declaration.ts";
import { inForm, isModel, isMultiple, type Field } from "./locate.ts";
import { compileModel } from "./model.ts";
import { compileSingle, type ReadField } from "./single.ts";

type Form = Extract<Parsed, { readonly kind: "form" }>;

/** @param fields All body inputs of an operation and its dependencies, at least one of them marked `form()` or `file()`. */
export function compileForm(fields: readonly Field[], options: BodyOptions): BodyPlan {
  checkAlone(fields, options.operation);
  for (const field of fields) {
    checkField(field, options.operation);
    if (isModel(field)) checkModel(field, options.operation);
  }
  const readers = new Map(fields.map((field) => [field, compileField(field)]));
  // The names under which a file is wanted as its bytes.
  const wanted = new Set(fields.filter(takesContent).map((field) => field.alias));
  return {
    ...bodyShapeOf(fields),
    parse: (exchange) => parse(exchange, options, wanted),
    read(field, parsed, into, problems) {
      readers.get(field)!(parsed.kind === "form" ? parsed : empty, into, problems);
    },
  };
}

function checkField(field: Field, operation: string): void {
  const { name, schema, options } = field;
  if (inForm(field) ? options.embed !== true : isFormField(schema)) return;
  throw new ApusError(
    inForm(field)
      ? `APUS_FORM: ${operation}: "${name}" is marked ${field.location}() and \`embed\`; the fields of a form are its keys already. Drop \`embed\`.`
      : `APUS_FORM: ${operation}: "${name}" is a JSON body beside a form; a request has one of them. Mark it form(), or make all of them body().`,
  );
}

/** Whether an input wants the content of a file rather than the file. A list of contents does, too. */
function takesContent({ location, schema }: Field): boolean {
  if (location !== "file" || !isZod(schema)) return false;
  const { type, element } = unwrap(schema)._zod.def;
  return isContent(type === "array" ? element! : schema);
}

type ReadForm = (form: Form, into: Record<string, unknown>, problems: Parameters<ReadField>[2]) => void;

function compileField(field: Field): ReadForm {
  if (isModel(field)) {
    const read = compileModel(field, "body");
    return (form, into, problems) => read(form.pairs, into, problems);
  }
  const { alias, schema } = field;
  const read = compileSingle(field, ["body", alias]);
  const content = takesContent(field);
  const valueOf = (form: Form, value: unknown): unknown => (content && form.contents?.get(value)) || value;
  if (isMultiple(schema)) {
    return (form, into, problems) => {
      const all = allOf(form, alias).map((value) => valueOf(form, value));
      read(all.length > 0 ? all : undefined, into, problems);
    };
  }
  // A browser sends what was left empty, so an empty text is an absent one.
  return (form, into, problems) => {
    const last = allOf(form, alias).at(-1);
    read(last === undefined || last === "" ? undefined : valueOf(form, last), into, problems);
  };
}

/** All values under a name, in order. */
function allOf({ pairs }: Form, name: string): (string | Upload)[] {
  return pairs.filter((_, i) => i % 2 === 1 && pairs[i - 1] === name);
}

const utf8 = new TextDecoder("utf-8");
const empty: Form = { kind: "form", pairs: [] };

async function parse(
  exchange: Exchange,
  { limit, formLimits = usualLimits }: BodyOptions,
  wanted: ReadonlySet<string>,
): Promise<Parsed | Unreadable> {
  const essence = exchange.mediaType?.essence;
  if (essence === "multipart/form-data") return parseMultipart(exchange, limit, formLimits, wanted);
  if (essence !== "application/x-www-form-urlencoded") return empty;
  const bytes = await readBytes(exchange, limit);
  if ("status" in bytes) return bytes;
  const text = utf8.decode(bytes);
  const refused = refusal(text, formLimits);
  return refused === undefined ? { kind: "form", pairs: parseQuery(text) } : refusalOf(refused);
}

/** Counted before anything is decoded. */
function refusal(text: string, { maxFields, maxPartSize }: FormLimits): FormError | undefined {
  let fields = 0;
  for (let start = 0; start < text.length;) {
    let end = text.indexOf("&", start);
    if (end < 0) end = text.length;
    if (end - start > maxPartSize) return tooLarge("Field", maxPartSize);
    if (end > start && ++fields > maxFields) return tooMany("fields", maxFields);
    start = end + 1;
  }
  return undefined;
}

/** Temporary files stay until the request's course has ended. */
async function parseMultipart(
  exchange: Exchange,
  limit: number,
  limits: FormLimits,
  wanted: ReadonlySet<string>,
): Promise<Parsed | Unreadable> {
  try {
    const type = exchange.incoming.header("content-type")!;
    const { pairs, remove }: MultipartForm = await readMultipart(
      exchange.stream(limit),
      type,
      limits,
      exchange.site?.host?.(),
    );
    if (remove !== undefined) exchange.course.atEnd(remove);
    if (wanted.size === 0) return { kind: "form", pairs };
    const contents = new Map<unknown, Uint8Array>();
    for (const [i, file] of pairs.entries()) {
      if (!(file instanceof Upload) || !wanted.has(pairs[i - 1] as string)) continue;
      contents.set(file, new Uint8Array(await file.arrayBuffer()));
    }
    return { kind: "form", pairs, contents };
  } catch (error) {
    return refusalOf(error);
  }
}
