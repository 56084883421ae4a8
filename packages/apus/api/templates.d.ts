// What `apus/templates` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { HttpRequest, Reply, ReplyInit } from "apus";

export type ContextProcessor = (request: HttpRequest) => TemplateContext | PromiseLike<TemplateContext>;
export interface EngineOptions {
  readonly engine: TemplateEngine;
  readonly contextProcessors?: readonly ContextProcessor[] | undefined;
  readonly directory?: undefined;
}
export interface LiquidOptions {
  readonly directory: string | URL | readonly (string | URL)[];
  readonly contextProcessors?: readonly ContextProcessor[] | undefined;
  readonly filters?: Readonly<Record<string, TemplateFilter>> | undefined;
  readonly cache?: boolean | undefined;
  readonly parseLimit?: number | undefined;
  readonly renderLimit?: number | undefined;
  readonly memoryLimit?: number | undefined;
  readonly engine?: undefined;
}
export type TemplateContext = Readonly<Record<string, unknown>>;
export interface TemplateEngine {
  render(name: string, context: TemplateContext): string | PromiseLike<string>;
}
export type TemplateFilter = (value: unknown, ...parameters: unknown[]) => unknown;
export interface Templates {
  render(name: string, context?: TemplateContext | undefined, init?: ReplyInit | undefined): Reply;
}
export type TemplatesOptions = LiquidOptions | EngineOptions;
export declare function templates(options: TemplatesOptions): Templates;

export {};
