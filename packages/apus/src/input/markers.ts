/** Markers: an input with a location of its own. `query(z.array(z.string()))`, `header(z.string(), { alias: "x-key" })`. */
import { ApusError, checkOptionNames, isOfKind, ofThisCopy, type OptionNames } from "../diagnostic/index.ts";
import { isSchema, type AnySchema } from "../schema/index.ts";
import type { Located, Location, MarkerOptions } from "./types.ts";

type Marker<L extends Location> = <
  S extends AnySchema,
  const A extends string | undefined = undefined,
  const M extends boolean = false,
>(
  schema: S,
  options?: MarkerOptions<A, M> | undefined,
) => Located<L, S, NoInfer<A>, NoInfer<M>>;

const markerOptions: OptionNames<MarkerOptions> = {
  alias: true,
  title: true,
  description: true,
  deprecated: true,
  examples: true,
  openapiExamples: true,
  includeInSchema: true,
  embed: true,
  convertUnderscores: true,
  mediaType: true,
};

function marker<L extends Location>(location: L): Marker<L> {
  return (schema, options) => {
    if (!isSchema(schema)) {
      const got = schema === undefined ? " It got undefined: most likely two modules import each other." : "";
      const like = location === "file" ? "types.upload()" : "z.string()";
      throw new ApusError(`APUS_MARKER: ${location}() takes a schema, as in ${location}(${like}).${got}`);
    }
    if (options !== undefined) checkOptionNames(`${location}()`, options, markerOptions);
    return ofThisCopy({ kind: "located", location, schema, options: options ?? {} });
  };
}

/** A path parameter; needed only where the name stands in a router's prefix rather than in the operation's own path. */
export const path: Marker<"path"> = marker("path");
/** A query parameter; needed for lists, `query(z.array(z.string()))`, and for parameter models. */
export const query: Marker<"query"> = marker("query");
/** A request header. `x_token` reads `x-token`; `alias` names another. */
export const header: Marker<"header"> = marker("header");
/** A cookie. */
export const cookie: Marker<"cookie"> = marker("cookie");
/** A JSON body, or one key of it where there are several or `embed` says so. */
export const body: Marker<"body"> = marker("body");

/**
 * A field of an HTML form (`application/x-www-form-urlencoded` or `multipart/form-data`). Around an object schema it is a
 * form model: the whole form, files included.
 * @example post("/login", { input: { username: form(z.string()), password: form(z.string()) } }, handler)
 */
export const form: Marker<"form"> = marker("form");

/**
 * A file of a multipart form (RFC 7578): `types.upload()` and `z.file()` are files without being marked; around
 * `types.bytes()` it is the content of one, read into memory.
 * @example post("/icons", { input: { icon: file(types.bytes({ max: 4096 })) } }, ({ icon }) => ({ size: icon.length }))
 */
export const file: Marker<"file"> = marker("file");

/** Whether a value was made by a marker. */
export function isLocated(value: unknown): value is Located {
  return isOfKind(value, "located");
}
