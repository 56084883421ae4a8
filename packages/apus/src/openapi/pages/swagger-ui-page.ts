// Writes the HTML page of Swagger UI. Its settings travel as a JSON block that a script file of ours reads, so no inline script is needed.
import { docsAssets } from "./docs-assets.ts";
import { escapeHtml, escapeJsonForScript } from "./html-escaping.ts";

interface SwaggerUiPageOptions {
  /** The title of the browser's tab. Any text; it is escaped. */
  readonly title: string;
  /** Where the OpenAPI document is, relative to the page or a full address. */
  readonly openapiUrl: string;
  /** The folder that holds the files of swagger-ui-dist 5, without a slash at the end. */
  readonly assetsUrl: string;
  /** Where the page's own start script is. Default: `docs-page.js` in `assetsUrl`. */
  readonly scriptUrl?: string | undefined;
  /** The page to which an authorization server sends the browser back; without it Swagger UI's authorization-code flow cannot end. */
  readonly oauth2RedirectUrl?: string | null | undefined;
  /** Settings of Swagger UI, added to and stronger than ours. They must be JSON. https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/ */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** What `initOAuth` of Swagger UI gets: `clientId`, `scopes`, `usePkceWithAuthorizationCodeGrant` … */
  readonly initOAuth?: Readonly<Record<string, unknown>> | undefined;
  /** The icon of the browser's tab. Default: that of Swagger UI. */
  readonly faviconUrl?: string | undefined;
}

/** The settings that FastAPI gives Swagger UI too. */
const defaultParameters = {
  dom_id: "#swagger-ui",
  layout: "BaseLayout",
  deepLinking: true,
  showExtensions: true,
  showCommonExtensions: true,
};

/**
 * The documentation page as HTML. It loads nothing but the files named in its options, and works under `docsContentSecurityPolicy`.
 *
 * @throws TypeError when `parameters` or `initOAuth` hold something that JSON cannot, such as a function.
 * @example
 * swaggerUiPage({ title: "My API - Swagger UI", openapiUrl: "./openapi.json", assetsUrl: "./docs/assets" })
 */
export function swaggerUiPage(options: SwaggerUiPageOptions): string {
  const { title, openapiUrl, assetsUrl, oauth2RedirectUrl, initOAuth } = options;
  const settings: Record<string, unknown> = { ...defaultParameters, url: openapiUrl };
  if (typeof oauth2RedirectUrl === "string") settings.oauth2RedirectUrl = oauth2RedirectUrl;
  Object.assign(settings, options.parameters);
  const json = writeSettings(initOAuth === undefined ? { ui: settings } : { ui: settings, initOAuth });
  const asset = (file: string): string => escapeHtml(`${assetsUrl}/${file}`);
  const icon = options.faviconUrl === undefined ? asset(docsAssets.icon.file) : escapeHtml(options.faviconUrl);
  const script = options.scriptUrl === undefined ? asset("docs-page.js") : escapeHtml(options.scriptUrl);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${asset(docsAssets.style.file)}">
</head>
<body>
<div id="swagger-ui"><noscript>This page needs JavaScript. The document it shows is at <a href="${escapeHtml(openapiUrl)}">${escapeHtml(openapiUrl)}</a>.</noscript></div>
<script id="apus-docs" type="application/json">${json}</script>
<script src="${asset(docsAssets.script.file)}"></script>
<script src="${script}"></script>
</body>
</html>
`;
}

function writeSettings(settings: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(
    settings,
    (key, value: unknown) => {
      if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
        throw new TypeError(
          `Swagger UI's setting "${key}" is a ${typeof value}: only JSON values can be sent to the page.`,
        );
      }
      return value;
    },
    1,
  );
  return escapeJsonForScript(json);
}
