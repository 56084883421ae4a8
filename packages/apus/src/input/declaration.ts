/** What inputs cannot be declared as (contract section 1.1): found at start-up, with the operation, the input and the fix. */
import { ApusError } from "../diagnostic/index.ts";
import {
  isAsynchronous,
  isZod,
  partsOf,
  preprocesses,
  resolveLazy,
  unwrap,
  type AnySchema,
  type Survey,
  type ZodSchema,
} from "../schema/index.ts";
import { containers, inBody, inForm, isFile, isModel, isMultiple, isStream, modelOf, type Field } from "./locate.ts";
import { checkStandard } from "./standard.ts";

/** Kinds of values that nothing on the wire can become. */
const unreadable = new Set(["symbol", "function", "promise", "void", "never", "nan"]);

/**
 * @param survey Knows schemas that anything can be read by.
 * @throws ApusError for the first input of a record that could never be read.
 */
export function checkFields(fields: readonly Field[], operation: string, survey?: Survey): void {
  for (const field of fields) {
    if (field.options.embed === true && !inBody(field)) {
      throw new ApusError(
        `APUS_PARAMETER: ${operation}: "${field.name}" is a ${field.location} parameter, and only a JSON body can be embedded. Drop \`embed\`, or mark it body().`,
      );
    }
    if (isZod(field.schema)) {
      if (survey?.isPlain(field.schema) !== true) checkReadable(field, field.schema, operation);
    } else checkStandard(field, operation);
    if (field.location === "file") checkFile(field, operation);
    else if (field.location === "path") checkPath(field, operation);
    else if (field.location !== "body") checkParameter(field, operation);
  }
  if (fields.length < 2) return;
  for (const location of ["query", "header", "cookie"]) {
    checkAlone(
      fields.filter((field) => field.location === location),
      operation,
    );
  }
}

/** A parameter model and a second input of its location: which of them an unknown key belongs to nobody can tell. */
export function checkAlone(fields: readonly Field[], operation: string): void {
  const model = fields.find(isModel);
  const other = fields.find((field) => field.name !== model?.name);
  if (model === undefined || other === undefined) return;
  throw new ApusError(
    `APUS_MODEL: ${operation}: the parameter model "${model.name}" has to be the only input of its location; move "${other.name}" into it.`,
  );
}

function checkReadable(field: Field, schema: ZodSchema, operation: string): void {
  const seen = new Set<ZodSchema>();
  const visit = (part: ZodSchema): void => {
    if (seen.has(part)) return;
    seen.add(part);
    const { type } = part._zod.def;
    if (unreadable.has(type)) {
      throw new ApusError(
        `APUS_INPUT_TYPE: ${operation}: "${field.name}" holds a "${type}" schema, which no request can fill. Declare what stands on the wire, and convert it with z.codec().`,
      );
    }
    if (isFile(part as unknown as AnySchema) && !inForm(field)) {
      throw new ApusError(
        `APUS_INPUT_TYPE: ${operation}: "${field.name}" holds a file, which only forms carry. Mark it: { ${field.name}: form(schema) }.`,
      );
    }
    if (isStream(part as unknown as AnySchema) && (field.location !== "body" || unwrap(schema) !== unwrap(part))) {
      throw new ApusError(
        `APUS_INPUT_TYPE: ${operation}: "${field.name}" holds a stream, which can only be the body as a whole: { ${field.name}: body(types.stream()) }.`,
      );
    }
    if (isAsynchronous(part)) {
      throw new ApusError(
        `APUS_ASYNC_SCHEMA: ${operation}: "${field.name}" has an async refinement or transform; do the look-up in a dependency or in the handler instead.`,
      );
    }
    for (const inner of partsOf(part)) if (!isNobodysKey(part, inner)) visit(inner);
  };
  visit(schema);
}

/** `z.never()` as catch-all is how a strict object says that it takes no further keys. */
function isNobodysKey(object: ZodSchema, part: ZodSchema): boolean {
  return object._zod.def.catchall === part && part._zod.def.type === "never";
}

/** A file is one, its content, or a list of either. */
function checkFile({ name, schema }: Field, operation: string): void {
  if (!isZod(schema)) return;
  const inner = unwrap(schema);
  const one = inner._zod.def.type === "array" ? inner._zod.def.element! : inner;
  if (isFile(one as unknown as AnySchema) || isContent(one)) return;
  throw new ApusError(
    `APUS_INPUT_TYPE: ${operation}: "${name}" is marked file(), which takes types.upload(), z.file(), types.bytes(), or a list of one of them; a model with files in it is a form: form(schema).`,
  );
}

/** Whether a schema takes the content of a file: `types.bytes()`. */
export function isContent(schema: ZodSchema): boolean {
  return unwrap(schema)._zod.def.wire?.label(() => "") === "bytes";
}

function checkPath({ name, schema, marked }: Field, operation: string): void {
  if (!isZod(schema)) return;
  const inner = unwrap(schema);
  if (isContainer(inner)) {
    const fields = Object.keys(inner._zod.def.shape ?? {});
    const advice =
      fields.length === 0
        ? ""
        : ` Declare its fields one by one, each under its name in the path: ${fields.join(", ")}.`;
    throw new ApusError(
      `APUS_PATH: ${operation}: the path parameter "${name}" has to be a single value; a segment of a path holds no ${containerIn(inner)}.${advice}`,
    );
  }
  if (marked && schema._zod.optin === "defaulted") {
    throw new ApusError(
      `APUS_PATH: ${operation}: the path parameter "${name}" cannot have a default: without it there is another path.`,
    );
  }
}

function checkParameter(field: Field, operation: string): void {
  const { name, schema, location } = field;
  if (!isZod(schema)) return;
  if (isModel(field)) return checkModel(field, operation);
  const inner = unwrap(schema);
  const supported = isMultiple(schema)
    ? itemsOf(inner).every((item) => !isContainer(unwrap(item)))
    : !isContainer(inner);
  if (supported) return;
  const wrapped = inner._zod.def.type === "object";
  throw new ApusError(
    wrapped
      ? `APUS_PARAMETER: ${operation}: "${name}" is a model that may be absent or null, which ${location} parameters cannot say. Make the model's own fields optional.`
      : `APUS_PARAMETER: ${operation}: the ${location} parameter "${name}" has to be a single value, a list of them, or a model of such; use body() for anything else.`,
  );
}

/** Each field of a model is a parameter of its own, so none can be an object. Also asked of the models of forms. */
export function checkModel(field: Field, operation: string): void {
  for (const [key, part] of Object.entries(modelOf(field)?._zod.def.shape ?? {})) {
    if (isFillable(part)) continue;
    throw new ApusError(
      `APUS_PARAMETER: ${operation}: the field "${key}" of the ${field.location} model "${field.name}" holds an object, which no ${field.location} value can fill. Take it out, send it as text with types.json(), or use body().`,
    );
  }
}

/** Whether a text, or a list of texts, can become a value of this schema. */
function isFillable(schema: ZodSchema, around: readonly ZodSchema[] = []): boolean {
  if (preprocesses(schema)) return true;
  const inner = unwrap(schema);
  // What holds itself is left to its reader.
  if (around.includes(inner)) return true;
  const { type, wire, element, valueType, left, right, items, options } = inner._zod.def;
  const parts = (all: readonly ZodSchema[]): boolean[] => all.map((each) => isFillable(each, [...around, inner]));
  if (wire !== undefined) return true;
  if (type === "union") return parts(options!).includes(true);
  if (type === "intersection") return !parts([left!, right!]).includes(false);
  if (type === "array" || type === "set") return parts([(element ?? valueType)!])[0]!;
  if (type === "tuple") return !parts(items!).includes(false);
  return !containers.has(type);
}

/** What kind of container a schema is, or has among its alternatives. */
function containerIn(schema: ZodSchema): string {
  const { type, wire, options } = schema._zod.def;
  if (wire !== undefined) return wire.label((part) => part._zod.def.type).replace(/\W.*/, "");
  if (type !== "union") return type;
  return containerIn(options!.map(unwrap).find(isContainer)!);
}

function isContainer(schema: ZodSchema): boolean {
  const { type, wire, options } = schema._zod.def;
  if (wire !== undefined) return wire.holds === "many";
  if (type === "union") return options!.some((option) => isContainer(unwrap(option)));
  return containers.has(type);
}

/** The schemas of the items of a list; a union that holds lists may have single values beside them. */
function itemsOf(schema: ZodSchema): ZodSchema[] {
  const def = resolveLazy(schema)._zod.def;
  if (def.wire !== undefined) return [];
  if (def.type === "union") return def.options!.flatMap((option) => itemsOf(unwrap(option)));
  if (!containers.has(def.type)) return [];
  // Whatever is neither list nor tuple nor set is one item that cannot be read.
  const list = [def.element, def.valueType, ...(def.items ?? []), def.rest].filter(
    (item) => item !== undefined && item !== null,
  );
  return def.type === "array" || def.type === "set" || def.type === "tuple" ? list : [schema];
}

/** Whether a form has a place for this schema: a model as a whole, or a value or list under one name. */
export function isFormField(schema: AnySchema): boolean {
  return !isZod(schema) || !isContainer(unwrap(schema)) || isMultiple(schema);
}
