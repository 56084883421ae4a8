import type { Compile, Read } from "./read.ts";
import { type ZodSchema } from "./zod.ts";
export declare function list(item: Read): Read;
export declare function set(item: Read): Read;
export declare function object(schema: ZodSchema, compile: Compile): Read;
export declare function record(schema: ZodSchema, compile: Compile): Read;
export declare function map(key: Read, item: Read): Read;
export declare function tuple(schema: ZodSchema, compile: Compile): Read;
