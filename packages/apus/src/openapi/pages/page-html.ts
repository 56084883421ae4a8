// The HTML that both documentation pages have: an element that a program in the browser fills, and the settings and files it needs.
import { escapeHtml } from "./html-escaping.ts";

/** A file the page loads, or one of our own that is part of the page; the page's policy then names it by its digest. */
export type PageFile = { readonly url: string } | { readonly inline: string };

interface PageParts {
  /** Any text; it is escaped. */
  readonly title: string;
  readonly openapiUrl: string;
  readonly iconUrl: string;
  readonly styles: readonly PageFile[];
  readonly scripts: readonly PageFile[];
  /** The element that is filled: a landmark, unless what fills it brings its own. */
  readonly element: "div" | "main";
  readonly id: string;
  /** JSON, safe inside a `<script>` element. */
  readonly settings: string;
}

export function scriptElement(file: PageFile): string {
  return "inline" in file ? `<script>${file.inline}</script>` : `<script src="${escapeHtml(file.url)}"></script>`;
}

function styleElement(file: PageFile): string {
  return "inline" in file ? `<style>${file.inline}</style>` : `<link rel="stylesheet" href="${escapeHtml(file.url)}">`;
}

export function pageHtml({ title, openapiUrl, iconUrl, styles, scripts, element, id, settings }: PageParts): string {
  const address = escapeHtml(openapiUrl);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${escapeHtml(iconUrl)}">
${styles.map(styleElement).join("\n")}
</head>
<body>
<${element} id="${id}"><noscript>This page needs JavaScript. The document it shows is at <a href="${address}">${address}</a>.</noscript></${element}>
<script id="apus-settings" type="application/json">${settings}</script>
${scripts.map(scriptElement).join("\n")}
</body>
</html>
`;
}
