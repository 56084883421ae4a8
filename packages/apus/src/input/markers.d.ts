/** Markers: an input with a location of its own. `query(z.array(z.string()))`, `header(z.string(), { alias: "x-key" })`. */
import { type AnySchema } from "../schema/index.ts";
import type { Located, Location, MarkerOptions } from "./types.ts";
type Marker<L extends Location> = <
  S extends AnySchema,
  const A extends string | undefined = undefined,
  const M extends boolean = false,
>(
  schema: S,
  options?: MarkerOptions<A, M> | undefined,
) => Located<L, S, A, M>;
/** A path parameter; needed only where the name stands in a router's prefix rather than in the operation's own path. */
export declare const path: Marker<"path">;
/** A query parameter; needed for lists, `query(z.array(z.string()))`, and for parameter models. */
export declare const query: Marker<"query">;
/** A request header. `x_token` reads `x-token`; `alias` names another. */
export declare const header: Marker<"header">;
/** A cookie. */
export declare const cookie: Marker<"cookie">;
/** A JSON body, or one key of it where there are several or `embed` says so. */
export declare const body: Marker<"body">;
/** Whether a value was made by a marker. */
export declare function isLocated(value: unknown): value is Located;
export {};
