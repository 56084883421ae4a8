// Writes the page to which an authorization server sends the browser back after the OAuth 2 authorization-code or implicit flow.
import { docsAssets } from "./docs-assets.ts";
import { escapeHtml } from "./html-escaping.ts";

/**
 * The page as HTML: Swagger UI's own script hands the answer to the documentation page that opened this window, and closes it.
 *
 * @param assetsUrl The folder that holds the files of swagger-ui-dist 5, without a slash at the end.
 */
export function oauth2RedirectPage(assetsUrl: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Swagger UI: OAuth2 Redirect</title>
</head>
<body>
<script src="${escapeHtml(`${assetsUrl}/${docsAssets.oauth2Redirect.file}`)}"></script>
</body>
</html>
`;
}
