/** What inputs cannot be declared as (contract section 1.1): found at start-up, with the operation, the input and the fix. */
import { ApusError } from "../diagnostic/index.ts";
import { isZod, partsOf, resolveLazy, unwrap, type AnySchema, type ZodSchema } from "../schema/index.ts";
import { isModel, isMultiple, type Field } from "./locate.ts";
import { checkStandard } from "./standard.ts";

/** Kinds of values that nothing on the wire can become. */
const unreadable = new Set(["symbol", "function", "promise", "void", "never", "nan"]);

/** @throws ApusError for the first input of a record that could never be read. */
export function checkFields(fields: readonly Field[], operation: string): void {
  for (const field of fields) {
    if (field.location === "file") {
      throw new ApusError(
        `APUS_LOCATION: ${operation}: "${field.name}" is a file, and uploads are not read yet. Take the bytes of the body: { ${field.name}: body(types.bytes()) }.`,
      );
    }
    if (isZod(field.schema)) checkReadable(field, field.schema, operation);
    else checkStandard(field, operation);
    if (field.location === "path") checkPath(field, operation);
    else if (field.location !== "body") checkParameter(field, operation);
  }
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
    for (const inner of partsOf(part)) if (!isNobodysKey(part, inner)) visit(inner);
  };
  visit(schema);
}

/** `z.never()` as catch-all is how a strict object says that it takes no further keys. */
function isNobodysKey(object: ZodSchema, part: ZodSchema): boolean {
  return object._zod.def.catchall === part && part._zod.def.type === "never";
}

function checkPath({ name, schema, marked }: Field, operation: string): void {
  if (!isZod(schema)) return;
  const inner = unwrap(schema);
  if (isContainer(inner)) {
    throw new ApusError(
      `APUS_PATH: ${operation}: the path parameter "${name}" has to be a single value; a segment of a path holds no ${inner._zod.def.type}.`,
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
  if (!isZod(schema) || isModel(field)) return;
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

const containers = new Set(["array", "object", "record", "tuple", "set", "map", "intersection"]);

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
