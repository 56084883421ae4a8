// Names the files of Swagger UI and ReDoc that the documentation pages load, with their media types. The bytes live in the package's
// `assets` folder, filled by the build; whoever serves the pages reads them through its host.

/** One file of a documentation page. */
interface DocsAsset {
  /** Where the file is inside the package's `assets` folder, with forward slashes: what `host.asset` is asked for. */
  readonly name: string;
  /** The last part of its address. */
  readonly file: string;
  readonly mediaType: string;
}

/** The version of swagger-ui-dist whose files the build copies. It is part of their addresses, so browsers may keep them for a year. */
export const swaggerUiVersion = "5.35.0";

/** The version of ReDoc whose file lies in `vendor/redoc`, part of its address likewise. */
export const redocVersion = "2.5.4";

export const javaScript = "text/javascript; charset=utf-8";
export const css = "text/css; charset=utf-8";

function assetIn(folder: string, file: string, mediaType: string): DocsAsset {
  return { name: `${folder}/${file}`, file, mediaType };
}

/** Every file that the pages may ask for, and no other: a name that is not in these tables is never read. */
export const swaggerUiAssets = {
  script: assetIn("swagger-ui", "swagger-ui-bundle.js", javaScript),
  style: assetIn("swagger-ui", "swagger-ui.css", css),
  icon: assetIn("swagger-ui", "favicon-32x32.png", "image/png"),
} as const satisfies Record<string, DocsAsset>;

export const redocAssets = {
  script: assetIn("redoc", "redoc.standalone.js", javaScript),
} as const satisfies Record<string, DocsAsset>;
