import { encode } from "../packages/apus/src/schema/index.ts";
import { z } from "zod";
console.log(encode([undefined], z.array(z.undefined())), encode(new Set([undefined])), encode([undefined, Buffer.from("x")]), encode(new Map([["a", undefined]])));
