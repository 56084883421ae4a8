// What `apus/docs` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { Reply } from "apus";

export interface RedocHtmlOptions extends OwnPageOptions {
  readonly redocJsUrl: string;
  readonly redocFaviconUrl?: string | undefined;
  readonly withGoogleFonts?: boolean | undefined;
  readonly redocParameters?: Readonly<Record<string, unknown>> | undefined;
}
export interface SwaggerUiHtmlOptions extends OwnPageOptions {
  readonly swaggerJsUrl: string;
  readonly swaggerCssUrl: string;
  readonly swaggerFaviconUrl?: string | undefined;
  readonly oauth2RedirectUrl?: string | null | undefined;
  readonly initOauth?: Readonly<Record<string, unknown>> | undefined;
  readonly swaggerUiParameters?: Readonly<Record<string, unknown>> | undefined;
}
export declare function redocHtml(options: RedocHtmlOptions): Reply;
export declare function swaggerUiHtml(options: SwaggerUiHtmlOptions): Reply;
export declare function swaggerUiOauth2RedirectHtml(): Reply;

// What the above is made of.
interface OwnPageOptions {
  readonly openapiUrl: string;
  readonly title: string;
  readonly connectTo?: readonly string[] | undefined;
}

export {};
