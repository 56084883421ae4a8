// Lists what an application serves for its documentation: the page, its files and the page for OAuth 2, as plain data.
import { docsAssets, swaggerUiVersion } from "./docs-assets.ts";
import {
  fileHeaders,
  oauth2RedirectContentSecurityPolicy,
  pageHeaders,
  policyFor,
  versionedFileHeaders,
} from "./docs-headers.ts";
import { docsPageScript } from "./docs-page-script.ts";
import { oauth2RedirectPage } from "./oauth2-redirect-page.ts";
import { checkPageUrl, isElsewhere, relativeUrl } from "./page-urls.ts";
import { swaggerUiPage } from "./swagger-ui-page.ts";

interface DocsOptions {
  /** The title of the application; the page is called `<title> - Swagger UI`. */
  readonly title: string;
  /** The path of the page. `null` serves no documentation. Default: "/docs". */
  readonly docsUrl?: string | null | undefined;
  /** The path, or the web address, of the OpenAPI document. `null` serves no documentation. Default: "/openapi.json". */
  readonly openapiUrl?: string | null | undefined;
  /** The path to which authorization servers send the browser back; like FastAPI's it does not follow `docsUrl`. `null` serves none. Default: "/docs/oauth2-redirect". */
  readonly oauth2RedirectUrl?: string | null | undefined;
  /** Settings of Swagger UI, added to and stronger than the framework's. They must be JSON. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** What Swagger UI's `initOAuth` gets. */
  readonly initOAuth?: Readonly<Record<string, unknown>> | undefined;
  /** A folder of swagger-ui-dist 5 that is served elsewhere (a path or a web address); then none of its files are served here, and no host is needed. */
  readonly assetsUrl?: string | undefined;
  /** The icon of the browser's tab: a path or a web address. Default: that of Swagger UI. */
  readonly faviconUrl?: string | undefined;
  /** Web addresses from which descriptions may show pictures. Only their origins are used. */
  readonly picturesFrom?: readonly string[] | undefined;
  /** Web addresses that "Try it out" and the authorization dialog may reach besides this server: the document's `servers`, token URLs. Only their origins are used. */
  readonly connectTo?: readonly string[] | undefined;
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
 * Everything that an application serves for its documentation page, the page first. Paths are literal: no parameters, no patterns.
 * All addresses inside the page are relative to it, so the same text is right behind a proxy prefix and inside a mount.
 *
 * @throws TypeError for a path or a setting that cannot work, saying which.
 * @example
 * for (const route of docsRoutes({ title: "My API" })) console.log(route.path); // "/docs", "/docs/docs-page.js", …
 */
export function docsRoutes(options: DocsOptions): readonly DocsRoute[] {
  const { docsUrl = "/docs", openapiUrl = "/openapi.json", oauth2RedirectUrl = "/docs/oauth2-redirect" } = options;
  if (docsUrl === null || openapiUrl === null) return [];
  checkPageUrl("docsUrl", docsUrl, "path");
  checkPageUrl("openapiUrl", openapiUrl, "path or web address");
  if (oauth2RedirectUrl !== null) checkPageUrl("oauth2RedirectUrl", oauth2RedirectUrl, "path");
  if (options.faviconUrl !== undefined) checkPageUrl("faviconUrl", options.faviconUrl, "path or web address");
  if (options.assetsUrl !== undefined) checkPageUrl("assetsUrl", options.assetsUrl, "path or web address");

  const folder = docsUrl.replace(/\/+$/, "");
  const ownAssetsUrl = `${folder}/assets/${swaggerUiVersion}`;
  const assetsUrl = options.assetsUrl?.replace(/\/+$/, "") ?? ownAssetsUrl;
  const scriptUrl = `${folder}/docs-page.js`;
  const fromPage = (url: string): string => relativeUrl(docsUrl, url);

  const page = swaggerUiPage({
    title: `${options.title} - Swagger UI`,
    openapiUrl: fromPage(openapiUrl),
    assetsUrl: fromPage(assetsUrl),
    scriptUrl: fromPage(scriptUrl),
    oauth2RedirectUrl: oauth2RedirectUrl === null ? null : fromPage(oauth2RedirectUrl),
    parameters: options.parameters,
    initOAuth: options.initOAuth,
    faviconUrl: options.faviconUrl === undefined ? undefined : fromPage(options.faviconUrl),
  });
  const policy = policyFor({
    files: [assetsUrl],
    pictures: [...(options.faviconUrl === undefined ? [] : [options.faviconUrl]), ...(options.picturesFrom ?? [])],
    requests: [openapiUrl, ...(options.connectTo ?? [])],
  });
  const servesAssets = options.assetsUrl === undefined;
  const routes: DocsRoute[] = [
    {
      path: docsUrl,
      headers: pageHeaders(policy),
      body: { text: page },
      ...(servesAssets ? { withoutHost: hostMissing("The documentation page", openapiUrl) } : {}),
    },
    { path: scriptUrl, headers: fileHeaders("text/javascript; charset=utf-8"), body: { text: docsPageScript } },
  ];
  if (oauth2RedirectUrl !== null) {
    const redirectPolicy = isElsewhere(assetsUrl)
      ? policyFor({ files: [assetsUrl] })
      : oauth2RedirectContentSecurityPolicy;
    routes.push({
      path: oauth2RedirectUrl,
      headers: pageHeaders(redirectPolicy),
      body: { text: oauth2RedirectPage(relativeUrl(oauth2RedirectUrl, assetsUrl)) },
      ...(servesAssets ? { withoutHost: hostMissing("This page", openapiUrl) } : {}),
    });
  }
  if (servesAssets) {
    for (const asset of Object.values(docsAssets)) {
      routes.push({
        path: `${ownAssetsUrl}/${asset.file}`,
        headers: versionedFileHeaders(asset.mediaType),
        body: { asset: asset.name },
      });
    }
  }
  return routes;
}

function hostMissing(what: string, openapiUrl: string): string {
  return (
    `${what} needs files that this runtime has no access to. Serve the application with serve() from "apus/server", ` +
    `or set assetsUrl to a folder of swagger-ui-dist that you serve yourself. The document itself is at ${openapiUrl}\n`
  );
}
