// Writes the HTML page of ReDoc. Like that of Swagger UI its settings are a JSON block that a script of ours reads.
import { pageHtml, type PageFile } from "./page-html.ts";
import { writeSettings } from "./page-settings.ts";

interface RedocPageOptions {
  /** The title of the browser's tab. Any text; it is escaped. */
  readonly title: string;
  /** Where the OpenAPI document is, relative to the page or a full address. */
  readonly openapiUrl: string;
  readonly styles: readonly PageFile[];
  /** The scripts: ReDoc's, then the one that starts it. */
  readonly scripts: readonly PageFile[];
  /** The icon of the browser's tab. */
  readonly iconUrl: string;
  /** Options of ReDoc, added to and stronger than ours. They must be JSON. https://redocly.com/docs/redoc/config */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

const fonts = "system-ui, sans-serif";

/**
 * Descriptions pass ReDoc's sanitizer: what they hold beyond Markdown and harmless HTML is taken out. The fonts are the reader's own,
 * because ReDoc's would come from another server.
 */
const defaultParameters = {
  sanitize: true,
  theme: {
    typography: { fontFamily: fonts, headings: { fontFamily: fonts }, code: { fontFamily: "ui-monospace, monospace" } },
  },
};

/**
 * The page as HTML. It loads nothing but the files named in its options.
 *
 * @throws ApusError when `parameters` hold something that JSON cannot, such as a function.
 */
export function redocPage(options: RedocPageOptions): string {
  const { openapiUrl, parameters } = options;
  const settings = { url: openapiUrl, options: { ...defaultParameters, ...parameters } };
  return pageHtml({ ...options, element: "main", id: "redoc", settings: writeSettings("ReDoc", settings) });
}
