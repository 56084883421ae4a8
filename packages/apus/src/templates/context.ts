/** What a template can print: the handler's values, what belongs to every template, and what the request is. */
import { ApusError } from "../diagnostic/index.ts";
import type { HttpRequest } from "../exchange/index.ts";

/** Values by the names that templates call them. */
export type TemplateContext = Readonly<Record<string, unknown>>;

/** Makes values that every template gets: the user, a CSRF token, the site's name. */
export type ContextProcessor = (request: HttpRequest) => TemplateContext | PromiseLike<TemplateContext>;

/** @returns Processors in their order, later ones stronger, and the handler's values strongest, without a prototype. */
export async function contextOf(
  request: HttpRequest,
  processors: readonly ContextProcessor[],
  given: TemplateContext,
): Promise<TemplateContext> {
  const context: Record<string, unknown> = Object.assign(Object.create(null), {
    request: factsOf(request),
    url_for: (name: unknown, params?: unknown) => urlFor(request, name, params),
  });
  for (const processor of processors) Object.assign(context, await processor(request));
  return Object.assign(context, given);
}

/** As plain data: engines that read own properties only find nothing on an object with accessors. */
function factsOf(request: HttpRequest): TemplateContext {
  const { method, url, path, query } = request;
  return { method, url: url.href, path, query: Object.fromEntries(query), params: { ...request.pathParams } };
}

function urlFor(request: HttpRequest, name: unknown, params: unknown): string {
  const given: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(params ?? {})) {
    if (key === "__keywords") continue; // how Nunjucks marks arguments that were given by name
    if (typeof value !== "string" && typeof value !== "number") {
      throw new ApusError(`APUS_URL_FOR: url_for got no text and no number for the parameter "${key}".`);
    }
    given[key] = value;
  }
  return request.urlFor(String(name), given).href;
}
