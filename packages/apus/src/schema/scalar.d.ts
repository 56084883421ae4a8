import type { Mode, Read } from "./read.ts";
import type { ZodSchema } from "./zod.ts";
export declare function integer(mode: Mode): Read;
export declare function float(mode: Mode): Read;
export declare function boolean(mode: Mode): Read;
export declare const string: Read;
/** UUIDs come hyphenated, as 32 hex digits, in braces or as a URN, in any case; they are handed on in the canonical form. */
export declare function uuid(mode: Mode): Read;
export declare function bigint(mode: Mode): Read;
/** The values of a TypeScript enum or `z.enum([...])`: exact, except that a numeric enum takes the digits as well. */
export declare function enumeration(schema: ZodSchema, mode: Mode): Read;
export declare function literal(schema: ZodSchema): Read;
export declare const none: Read;
export declare const anything: Read;
