/** An app after linking: its plans behind a matcher, the document and its pages, and the answers outside any operation. */
import type { AppScope, Declaration, Resolve } from "../dependency/index.ts";
import type { Answer, Exchange, Host } from "../exchange/index.ts";
import { type OpenApiDocument } from "../openapi/index.ts";
import type { Routed } from "../operation/index.ts";
import { type Reporter } from "../plan/index.ts";
import type { AppOptions } from "./options.ts";
export interface Linked {
  readonly warnings: readonly string[];
  /** What lives as long as the app, in the order in which it is to be opened. */
  readonly appDependencies: readonly {
    readonly declaration: Declaration;
    readonly key: string;
  }[];
  document(): OpenApiDocument;
  answer(exchange: Exchange): Answer | Promise<Answer>;
}
interface Context {
  readonly options: AppOptions;
  readonly resolve: Resolve;
  readonly appScope: AppScope;
  readonly report: Reporter;
  readonly host: () => Host | undefined;
}
export declare function link(routed: readonly Routed[], context: Context): Linked;
export {};
