// Writes the page to which an authorization server sends the browser back after the OAuth 2 authorization-code or implicit flow.

/**
 * The page as HTML.
 *
 * @param script The `<script>` element that hands the answer to the documentation page that opened this window.
 */
export function oauth2RedirectPage(script: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Swagger UI: OAuth2 Redirect</title>
</head>
<body>
${script}
</body>
</html>
`;
}
