/**
 * The docs room: the documentation pages as replies of a handler, behind `apus/docs`, for those who serve them themselves.
 * @module
 */
import {
  ownOauth2RedirectPage,
  ownRedocPage,
  ownSwaggerUiPage,
  type OwnPage,
  type RedocHtmlOptions,
  type SwaggerUiHtmlOptions,
} from "../openapi/index.ts";
import { html, type Reply } from "../response/index.ts";

export type { RedocHtmlOptions, SwaggerUiHtmlOptions } from "../openapi/index.ts";

/**
 * A page of Swagger UI whose files are served elsewhere. Its Content-Security-Policy lets in exactly the files that are named, and
 * nothing inline but the script and the style sheet that are part of the page.
 *
 * @returns A reply with status 200; a handler returns it.
 * @throws ApusError (APUS_DOCUMENTATION) for an address that a page cannot load from, and for a setting that JSON cannot carry.
 * @example
 * const page = get("/docs", { includeInSchema: false }, () =>
 *   swaggerUiHtml({
 *     openapiUrl: "./openapi.json",
 *     title: "Shop - Swagger UI",
 *     swaggerJsUrl: "./static/swagger-ui-bundle.js",
 *     swaggerCssUrl: "./static/swagger-ui.css",
 *   }),
 * );
 */
export function swaggerUiHtml(options: SwaggerUiHtmlOptions): Reply {
  return reply(ownSwaggerUiPage(options));
}

/**
 * A page of ReDoc whose file is served elsewhere, under a policy like that of `swaggerUiHtml`.
 *
 * @returns A reply with status 200; a handler returns it.
 * @throws ApusError (APUS_DOCUMENTATION) for an address that a page cannot load from, and for an option that JSON cannot carry.
 * @example
 * const page = get("/redoc", { includeInSchema: false }, () =>
 *   redocHtml({ openapiUrl: "./openapi.json", title: "Shop - ReDoc", redocJsUrl: "./static/redoc.standalone.js" }),
 * );
 */
export function redocHtml(options: RedocHtmlOptions): Reply {
  return reply(ownRedocPage(options));
}

/**
 * The page to which an authorization server sends the browser back: it hands the answer to the page of Swagger UI that opened it, if
 * the answer's `state` is the one that was sent (RFC 6749, 10.12), and closes.
 *
 * @returns A reply with status 200; a handler returns it.
 * @example const redirect = get("/docs/oauth2-redirect", { includeInSchema: false }, () => swaggerUiOauth2RedirectHtml());
 */
export function swaggerUiOauth2RedirectHtml(): Reply {
  return reply(ownOauth2RedirectPage());
}

function reply({ html: text, headers }: OwnPage): Reply {
  return html(text, { headers: Object.fromEntries(headers) });
}
