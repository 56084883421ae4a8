import type { Plan } from "../plan/index.ts";
import { type Components } from "../schema/index.ts";
/** Parameters in the order path, query, header, cookie; of equal ones the later replaces the earlier, but required wins. */
export declare function parametersOf(plan: Plan, components: Components): Record<string, unknown>[];
/** The request body: the one body input's schema, or an object with a key for each. */
export declare function requestBodyOf(plan: Plan, components: Components): Record<string, unknown> | undefined;
