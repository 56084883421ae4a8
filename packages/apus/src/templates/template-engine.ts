/** What renders templates: the engine of this room, or one that the application brings. */
import type { ContextProcessor, TemplateContext } from "./context.ts";

/** An engine: Eta, Nunjucks, one's own. How it finds templates, and whether it escapes what they print, is its business. */
export interface TemplateEngine {
  /**
   * @param name The template, as `render` got it.
   * @param context What the handler and the context processors gave; beside it `request`, and the function
   *   `url_for(name, params)` for the address of an operation.
   */
  render(name: string, context: TemplateContext): string | PromiseLike<string>;
}

/** Templates rendered by an engine that the application brings. */
export interface EngineOptions {
  readonly engine: TemplateEngine;
  /** What every template gets, made of the request. Default: none. */
  readonly contextProcessors?: readonly ContextProcessor[] | undefined;
  readonly directory?: undefined;
}
