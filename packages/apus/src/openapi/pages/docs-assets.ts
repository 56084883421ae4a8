// Names the files of Swagger UI that the documentation page loads, with their media types. The bytes live in the package's `assets`
// folder, filled by the build; whoever serves the page reads them through its host.

/** One file of the documentation page. */
interface DocsAsset {
  /** Where the file is inside the package's `assets` folder, with forward slashes: what `host.asset` is asked for. */
  readonly name: string;
  /** The last part of its address. */
  readonly file: string;
  readonly mediaType: string;
}

/** The version of swagger-ui-dist whose files the build copies. It is part of their addresses, so browsers may keep them for a year. */
export const swaggerUiVersion = "5.35.0";

function swaggerUiAsset(file: string, mediaType: string): DocsAsset {
  return { name: `swagger-ui/${file}`, file, mediaType };
}

/** Every file that the page may ask for, and no other: a name that is not in this table is never read. */
export const docsAssets = {
  script: swaggerUiAsset("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
  style: swaggerUiAsset("swagger-ui.css", "text/css; charset=utf-8"),
  icon: swaggerUiAsset("favicon-32x32.png", "image/png"),
  oauth2Redirect: swaggerUiAsset("oauth2-redirect.js", "text/javascript; charset=utf-8"),
} as const satisfies Record<string, DocsAsset>;
