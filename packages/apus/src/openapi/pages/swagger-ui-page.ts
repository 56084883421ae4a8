// Writes the HTML page of Swagger UI. Its settings travel as a JSON block that a script of ours reads.
import { writeSettings } from "./page-settings.ts";
import { pageHtml, type PageFile } from "./page-html.ts";

interface SwaggerUiPageOptions {
  /** The title of the browser's tab. Any text; it is escaped. */
  readonly title: string;
  /** Where the OpenAPI document is, relative to the page or a full address. */
  readonly openapiUrl: string;
  /** The style sheets, Swagger UI's first. */
  readonly styles: readonly PageFile[];
  /** The scripts: Swagger UI's, then the one that starts it. */
  readonly scripts: readonly PageFile[];
  /** The icon of the browser's tab. */
  readonly iconUrl: string;
  /** The page to which an authorization server sends the browser back; without it Swagger UI's authorization-code flow cannot end. */
  readonly oauth2RedirectUrl?: string | null | undefined;
  /** Settings of Swagger UI, added to and stronger than ours. They must be JSON. https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/ */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** What `initOAuth` of Swagger UI gets: `clientId`, `scopes`, `usePkceWithAuthorizationCodeGrant` … */
  readonly initOAuth?: Readonly<Record<string, unknown>> | undefined;
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
 * The documentation page as HTML. It loads nothing but the files named in its options.
 *
 * @throws ApusError when `parameters` or `initOAuth` hold something that JSON cannot, such as a function.
 */
export function swaggerUiPage(options: SwaggerUiPageOptions): string {
  const { openapiUrl, oauth2RedirectUrl, initOAuth } = options;
  const settings: Record<string, unknown> = { ...defaultParameters, url: openapiUrl };
  if (typeof oauth2RedirectUrl === "string") settings.oauth2RedirectUrl = oauth2RedirectUrl;
  Object.assign(settings, options.parameters);
  const json = writeSettings("Swagger UI", initOAuth === undefined ? { ui: settings } : { ui: settings, initOAuth });
  return pageHtml({ ...options, element: "div", id: "swagger-ui", settings: json });
}
