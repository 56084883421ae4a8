// The documentation pages for those who serve them themselves: one answer each, whose policy lets in exactly the files that were named.
// What is ours is part of the page, and the policy names it by its digest.
import { digests } from "./digests.ts";
import { contentSecurityPolicy, originsOf, pageHeaders, redocSources, swaggerUiSources } from "./docs-headers.ts";
import { docsPageScript } from "./docs-page-script.ts";
import { oauth2RedirectPage } from "./oauth2-redirect-page.ts";
import { oauth2RedirectScript } from "./oauth2-redirect-script.ts";
import { scriptElement } from "./page-html.ts";
import { docsPageStyle, redocPageStyle } from "./page-styles.ts";
import { fileSource } from "./page-urls.ts";
import { redocPage } from "./redoc-page.ts";
import { redocPageScript } from "./redoc-page-script.ts";
import { swaggerUiPage } from "./swagger-ui-page.ts";

/** What both pages take. Addresses are as a browser sees them from the page: relative, paths from the root, or web addresses. */
interface OwnPageOptions {
  /** Where the OpenAPI document is. */
  readonly openapiUrl: string;
  /** The title of the browser's tab. Any text; it is escaped. */
  readonly title: string;
  /** Web addresses that the page may reach besides the document's: servers of "Try it out", where tokens come from. Only their origins count. Default: none. */
  readonly connectTo?: readonly string[] | undefined;
}

export interface SwaggerUiHtmlOptions extends OwnPageOptions {
  /** The file `swagger-ui-bundle.js` of swagger-ui-dist 5. */
  readonly swaggerJsUrl: string;
  /** The file `swagger-ui.css` of swagger-ui-dist 5. */
  readonly swaggerCssUrl: string;
  /** The icon of the browser's tab. Default: none. */
  readonly swaggerFaviconUrl?: string | undefined;
  /** Where `swaggerUiOauth2RedirectHtml()` is served; without it Swagger UI's authorization-code and implicit flows cannot end. Default: nowhere. */
  readonly oauth2RedirectUrl?: string | null | undefined;
  /** What Swagger UI's `initOAuth` gets: `clientId`, `scopes`, `usePkceWithAuthorizationCodeGrant` … */
  readonly initOauth?: Readonly<Record<string, unknown>> | undefined;
  /** Settings of Swagger UI, added to and stronger than the framework's. They must be JSON. */
  readonly swaggerUiParameters?: Readonly<Record<string, unknown>> | undefined;
}

export interface RedocHtmlOptions extends OwnPageOptions {
  /** The file `redoc.standalone.js` of ReDoc 2. */
  readonly redocJsUrl: string;
  /** The icon of the browser's tab. Default: none. */
  readonly redocFaviconUrl?: string | undefined;
  /** Whether readers' browsers load ReDoc's own fonts from Google. Default: false, the reader's system fonts. */
  readonly withGoogleFonts?: boolean | undefined;
  /** Options of ReDoc, added to and stronger than the framework's. They must be JSON. */
  readonly redocParameters?: Readonly<Record<string, unknown>> | undefined;
}

/** A page and the headers that belong to it. */
export interface OwnPage {
  readonly html: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const googleFonts = "https://fonts.googleapis.com/css?family=Montserrat:300,400,700|Roboto:300,400,700";
const noIcon = "data:,";

export function ownSwaggerUiPage(options: SwaggerUiHtmlOptions): OwnPage {
  const { openapiUrl, swaggerJsUrl, swaggerCssUrl, swaggerFaviconUrl, connectTo = [] } = options;
  const html = swaggerUiPage({
    title: options.title,
    openapiUrl,
    styles: [{ url: swaggerCssUrl }, { inline: docsPageStyle }],
    scripts: [{ url: swaggerJsUrl }, { inline: docsPageScript }],
    iconUrl: swaggerFaviconUrl ?? noIcon,
    oauth2RedirectUrl: options.oauth2RedirectUrl,
    parameters: options.swaggerUiParameters,
    initOAuth: options.initOauth,
  });
  return answer(html, {
    "script-src": [fileSource("swaggerJsUrl", swaggerJsUrl), digests.docsPageScript],
    "style-src": [fileSource("swaggerCssUrl", swaggerCssUrl), digests.docsPageStyle],
    ...swaggerUiSources,
    "img-src": [...swaggerUiSources["img-src"], ...iconSource("swaggerFaviconUrl", swaggerFaviconUrl)],
    "connect-src": [...swaggerUiSources["connect-src"], ...originsOf([openapiUrl, ...connectTo])],
  });
}

export function ownRedocPage(options: RedocHtmlOptions): OwnPage {
  const { openapiUrl, redocJsUrl, redocFaviconUrl, withGoogleFonts = false, connectTo = [], redocParameters } = options;
  const html = redocPage({
    title: options.title,
    openapiUrl,
    styles: [...(withGoogleFonts ? [{ url: googleFonts }] : []), { inline: redocPageStyle }],
    scripts: [{ url: redocJsUrl }, { inline: redocPageScript }],
    iconUrl: redocFaviconUrl ?? noIcon,
    // ReDoc's own theme names Google's fonts
    parameters: withGoogleFonts ? { theme: {}, ...redocParameters } : redocParameters,
  });
  return answer(html, {
    "script-src": [fileSource("redocJsUrl", redocJsUrl), digests.redocPageScript],
    ...redocSources,
    "style-src": [
      ...redocSources["style-src"],
      digests.redocPageStyle,
      ...(withGoogleFonts ? [fileSource("withGoogleFonts", googleFonts)] : []),
    ],
    ...(withGoogleFonts ? { "font-src": ["https://fonts.gstatic.com"] } : {}),
    "img-src": [...redocSources["img-src"], ...iconSource("redocFaviconUrl", redocFaviconUrl)],
    "connect-src": [...redocSources["connect-src"], ...originsOf([openapiUrl, ...connectTo])],
  });
}

export function ownOauth2RedirectPage(): OwnPage {
  const html = oauth2RedirectPage(scriptElement({ inline: oauth2RedirectScript }));
  return answer(html, { "script-src": [digests.oauth2RedirectScript] });
}

function iconSource(option: string, url: string | undefined): string[] {
  return url === undefined ? [] : [fileSource(option, url)];
}

function answer(html: string, sources: Parameters<typeof contentSecurityPolicy>[0]): OwnPage {
  return { html, headers: pageHeaders(contentSecurityPolicy(sources), { guarded: false }) };
}
