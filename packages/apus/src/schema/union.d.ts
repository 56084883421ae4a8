import type { Compile, Read } from "./read.ts";
import { type ZodSchema } from "./zod.ts";
export declare function union(schema: ZodSchema, compile: Compile, strictly: Compile): Read;
export declare function discriminated(schema: ZodSchema, compile: Compile): Read;
export declare function intersection(left: Read, right: Read): Read;
