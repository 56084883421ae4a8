// Lists what an application serves for its documentation: the pages, their files and the page for OAuth 2, as plain data.
import { ApusError } from "../../diagnostic/index.ts";
import { css, javaScript, redocAssets, redocVersion, swaggerUiAssets, swaggerUiVersion } from "./docs-assets.ts";
import {
  contentSecurityPolicy,
  fileHeaders,
  originsOf,
  pageHeaders,
  redocSources,
  swaggerUiSources,
  versionedFileHeaders,
  type PageSources,
} from "./docs-headers.ts";
import { docsPageScript } from "./docs-page-script.ts";
import { oauth2RedirectPage } from "./oauth2-redirect-page.ts";
import { oauth2RedirectScript } from "./oauth2-redirect-script.ts";
import { addressesIn, type Addresses } from "./document-addresses.ts";
import { scriptElement } from "./page-html.ts";
import { docsPageStyle, redocPageStyle } from "./page-styles.ts";
import { checkPageUrl, relativeUrl } from "./page-urls.ts";
import { redocPage } from "./redoc-page.ts";
import { redocPageScript } from "./redoc-page-script.ts";
import { swaggerUiPage } from "./swagger-ui-page.ts";

interface DocsOptions {
  /** The title of the application; the pages are called `<title> - Swagger UI` and `<title> - ReDoc`. */
  readonly title: string;
  /** The path of Swagger UI. `null` serves none. Default: "/docs". */
  readonly docsUrl?: string | null | undefined;
  /** The path of ReDoc. `null` serves none. Default: "/redoc". */
  readonly redocUrl?: string | null | undefined;
  /** The path, or the web address, of the OpenAPI document. `null` serves no documentation. Default: "/openapi.json". */
  readonly openapiUrl?: string | null | undefined;
  /** The path to which authorization servers send the browser back; like FastAPI's it does not follow `docsUrl`. `null` serves none. Default: "/docs/oauth2-redirect". */
  readonly oauth2RedirectUrl?: string | null | undefined;
  /** Settings of Swagger UI, added to and stronger than the framework's. They must be JSON. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** What Swagger UI's `initOAuth` gets. */
  readonly initOAuth?: Readonly<Record<string, unknown>> | undefined;
  /** Options of ReDoc, added to and stronger than the framework's. They must be JSON. */
  readonly redocParameters?: Readonly<Record<string, unknown>> | undefined;
  /** Whether guards stand before the pages: then no shared cache may keep anything, and no cache the pages. Default: false. */
  readonly guarded?: boolean | undefined;
  /** The document that the pages show. The other servers it names may be reached from the pages. It is asked when a page is first asked for. */
  readonly document?: (() => unknown) | undefined;
}

/** One GET route of the documentation (HEAD answers the same without the body). */
export interface DocsRoute {
  readonly path: string;
  /** Lower-case names; to be sent as they are. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The text to send, or the name of the file to read with `host.asset`. */
  readonly body: { readonly text: string } | { readonly asset: string };
  /** Set on pages that are of no use without the host's files: what to say instead where there is no host. */
  readonly withoutHost?: string;
}

/**
 * Everything that an application serves for its documentation: Swagger UI's page and its files, then ReDoc's. Paths are literal: no
 * parameters, no patterns. All addresses inside the pages are relative, so the same text is right behind a proxy prefix and inside a
 * mount.
 *
 * @throws ApusError for a path or a setting that cannot work, saying which.
 * @example
 * for (const route of docsRoutes({ title: "My API" })) console.log(route.path); // "/docs", "/docs/docs-page.js", …
 */
export function docsRoutes(options: DocsOptions): readonly DocsRoute[] {
  const { docsUrl = "/docs", redocUrl = "/redoc", openapiUrl = "/openapi.json" } = options;
  if (openapiUrl === null) return [];
  checkPageUrl("openapiUrl", openapiUrl, "path or web address");
  if (docsUrl !== null) checkPageUrl("docsUrl", docsUrl, "path");
  if (redocUrl !== null) checkPageUrl("redocUrl", redocUrl, "path");
  if (docsUrl !== null && docsUrl === redocUrl) {
    throw new ApusError(
      `APUS_DOCUMENTATION: docsUrl and redocUrl are both "${docsUrl}": give one of them another path, or null.`,
    );
  }
  let addresses: Addresses | undefined;
  const context: Context = {
    options,
    openapiUrl,
    caching: { guarded: options.guarded ?? false },
    addresses: () => (addresses ??= addressesIn(options.document?.())),
  };
  return [
    ...(docsUrl === null ? [] : swaggerUiRoutes(docsUrl, context)),
    ...(redocUrl === null ? [] : redocRoutes(redocUrl, context)),
  ];
}

interface Context {
  readonly options: DocsOptions;
  readonly openapiUrl: string;
  readonly caching: { readonly guarded: boolean };
  readonly addresses: () => Addresses;
}

function swaggerUiRoutes(docsUrl: string, { options, openapiUrl, caching, addresses }: Context): DocsRoute[] {
  const { oauth2RedirectUrl = "/docs/oauth2-redirect" } = options;
  if (oauth2RedirectUrl !== null) checkPageUrl("oauth2RedirectUrl", oauth2RedirectUrl, "path");
  const folder = docsUrl.replace(/\/+$/, "");
  const assets = `${folder}/assets/${swaggerUiVersion}`;
  const file = (path: string): { url: string } => ({ url: relativeUrl(docsUrl, path) });
  const scriptUrl = `${folder}/docs-page.js`;
  const styleUrl = `${folder}/docs-page.css`;
  const redirectScriptUrl = `${folder}/oauth2-redirect.js`;
  const text = once(() =>
    swaggerUiPage({
      title: `${options.title} - Swagger UI`,
      openapiUrl: file(openapiUrl).url,
      styles: [file(`${assets}/${swaggerUiAssets.style.file}`), file(styleUrl)],
      scripts: [file(`${assets}/${swaggerUiAssets.script.file}`), file(scriptUrl)],
      iconUrl: file(`${assets}/${swaggerUiAssets.icon.file}`).url,
      oauth2RedirectUrl: oauth2RedirectUrl === null ? null : file(oauth2RedirectUrl).url,
      parameters: options.parameters,
      initOAuth: options.initOAuth,
    }),
  );
  // What JSON cannot hold stops the start.
  if (options.parameters !== undefined || options.initOAuth !== undefined) text();
  const sources = (): PageSources => ({
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    ...swaggerUiSources,
    "connect-src": [...swaggerUiSources["connect-src"], ...originsOf([openapiUrl, ...addresses().requests])],
  });
  const routes: DocsRoute[] = [
    page(docsUrl, text, sources, caching, hostMissing("The documentation page", openapiUrl)),
    { path: scriptUrl, headers: fileHeaders(javaScript, caching), body: { text: docsPageScript } },
    { path: styleUrl, headers: fileHeaders(css, caching), body: { text: docsPageStyle } },
  ];
  if (oauth2RedirectUrl !== null) {
    const redirect = once(() =>
      oauth2RedirectPage(scriptElement({ url: relativeUrl(oauth2RedirectUrl, redirectScriptUrl) })),
    );
    routes.push(
      page(oauth2RedirectUrl, redirect, () => ({ "script-src": ["'self'"] }), caching),
      { path: redirectScriptUrl, headers: fileHeaders(javaScript, caching), body: { text: oauth2RedirectScript } },
    );
  }
  return [...routes, ...versionedFiles(assets, Object.values(swaggerUiAssets), caching)];
}

function redocRoutes(redocUrl: string, { options, openapiUrl, caching, addresses }: Context): DocsRoute[] {
  const folder = redocUrl.replace(/\/+$/, "");
  const assets = `${folder}/assets/${redocVersion}`;
  const file = (path: string): { url: string } => ({ url: relativeUrl(redocUrl, path) });
  const scriptUrl = `${folder}/redoc-page.js`;
  const styleUrl = `${folder}/redoc-page.css`;
  const text = once(() =>
    redocPage({
      title: `${options.title} - ReDoc`,
      openapiUrl: file(openapiUrl).url,
      styles: [file(styleUrl)],
      scripts: [file(`${assets}/${redocAssets.script.file}`), file(scriptUrl)],
      iconUrl: "data:,",
      parameters: options.redocParameters,
    }),
  );
  if (options.redocParameters !== undefined) text();
  const sources = (): PageSources => ({
    "script-src": ["'self'"],
    ...redocSources,
    "style-src": ["'self'", ...redocSources["style-src"]],
    "img-src": [...redocSources["img-src"], ...originsOf(addresses().pictures)],
    "connect-src": [...redocSources["connect-src"], ...originsOf([openapiUrl])],
  });
  return [
    page(redocUrl, text, sources, caching, hostMissing("The documentation page", openapiUrl)),
    { path: scriptUrl, headers: fileHeaders(javaScript, caching), body: { text: redocPageScript } },
    { path: styleUrl, headers: fileHeaders(css, caching), body: { text: redocPageStyle } },
    ...versionedFiles(assets, Object.values(redocAssets), caching),
  ];
}

/** An app starts far more often than somebody looks at its pages. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

/** A page that is made when it is first asked for, and its policy too: what the policy allows, the document says. */
function page(
  path: string,
  text: () => string,
  sources: () => PageSources,
  caching: Context["caching"],
  withoutHost?: string,
): DocsRoute {
  let headers: DocsRoute["headers"] | undefined;
  return {
    path,
    get headers() {
      return (headers ??= pageHeaders(contentSecurityPolicy(sources()), caching));
    },
    get body() {
      return { text: text() };
    },
    ...(withoutHost === undefined ? {} : { withoutHost }),
  };
}

function versionedFiles(
  folder: string,
  assets: readonly { readonly name: string; readonly file: string; readonly mediaType: string }[],
  caching: Context["caching"],
): DocsRoute[] {
  return assets.map(({ name, file, mediaType }) => ({
    path: `${folder}/${file}`,
    headers: versionedFileHeaders(mediaType, caching),
    body: { asset: name },
  }));
}

function hostMissing(what: string, openapiUrl: string): string {
  return (
    `${what} needs files that this runtime has no access to. Serve the application with serve() from "apus/server", ` +
    `or serve a page with swaggerUiHtml() or redocHtml() from "apus/docs". The document itself is at ${openapiUrl}\n`
  );
}
