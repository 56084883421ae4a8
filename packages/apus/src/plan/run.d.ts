import type { Answer, Exchange } from "../exchange/index.ts";
import type { Plan } from "./plan.ts";
/** Answers one request. Never throws and never rejects: every failure is an answer. */
export declare function run(plan: Plan, exchange: Exchange, path: readonly string[]): Answer | Promise<Answer>;
