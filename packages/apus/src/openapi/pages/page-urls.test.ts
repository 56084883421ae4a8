import { expect, test } from "vitest";
import { checkPageUrl, cspSource, fileSource, relativeUrl } from "./page-urls.ts";

test.each([
  ["/docs", "/openapi.json", "./openapi.json"],
  ["/docs", "/docs/docs-page.js", "./docs/docs-page.js"],
  ["/docs/", "/docs/docs-page.js", "./docs-page.js"],
  ["/", "/openapi.json", "./openapi.json"],
  ["/api/docs", "/openapi.json", "../openapi.json"],
  ["/api/docs", "/api/openapi.json", "./openapi.json"],
  ["/api/v1/docs", "/api/v2/openapi.json", "../v2/openapi.json"],
  ["/a/b/c", "/a", "../../a"],
  ["/docs", "/", "./"],
  ["/docs", "/a:b", "./a:b"],
  ["/docs", "https://example.com/openapi.json", "https://example.com/openapi.json"],
])("from %s to %s", (from, to, expected) => {
  expect(relativeUrl(from, to)).toBe(expected);
  // what a browser makes of it, at the root and behind a proxy prefix
  const target = to.startsWith("/") ? `http://host/prefix${to}` : to;
  expect(new URL(expected, `http://host/prefix${from}`).href).toBe(target);
});

test.each([
  "docs",
  "",
  "//evil.example/docs",
  "/docs/{id}",
  "/do cs",
  "/docs?x=1",
  "/docs#x",
  "/a\\b",
  "/\n",
  '/"',
  "https://x.example/",
])("the path %j is refused", (url) => {
  expect(() => checkPageUrl("docsUrl", url, "path")).toThrow(/^APUS_DOCUMENTATION: docsUrl is .*starts with "\/"/);
});

test.each(["javascript:alert(1)", "data:text/html,x", "openapi.json", "/a b"])("the address %j is refused", (url) => {
  expect(() => checkPageUrl("openapiUrl", url, "path or web address")).toThrow(/^APUS_DOCUMENTATION: openapiUrl is/);
});

test.each([
  "/openapi.json",
  "https://example.com/openapi.json",
  "http://localhost:9000/o.json",
  "//cdn.example/o.json",
])("the address %j is accepted", (url) => {
  expect(() => checkPageUrl("openapiUrl", url, "path or web address")).not.toThrow();
});

test.each([
  ["https://api.example.com/v1?x=1", "https://api.example.com"],
  ["http://localhost:9000/", "http://localhost:9000"],
  ["//cdn.example/x", "cdn.example"],
  ["/v1", undefined],
  ["https://a.example; script-src *", undefined],
  ["https://", undefined],
  ["https://{region}.example.com/v1", undefined],
  ["https://[::1]:8000/v1", "https://[::1]:8000"],
  ["https://bücher.example/", "https://xn--bcher-kva.example"],
])("%s is allowed in a policy as %s", (url, expected) => {
  expect(cspSource(url)).toBe(expected);
});

test.each([
  ["https://cdn.example/swagger-ui@5/bundle.js?x=1", "https://cdn.example/swagger-ui@5/bundle.js"],
  ["//cdn.example/a,b;c.js", "cdn.example/a%2Cb%3Bc.js"],
  ["HTTPS://CDN.example:443/a b.js", "https://cdn.example/a%20b.js"],
  ["./static/bundle.js", "'self'"],
  ["/static/bundle.js", "'self'"],
  ["bundle.js", "'self'"],
])("the file %s is allowed as %s", (url, expected) => {
  expect(fileSource("swaggerJsUrl", url)).toBe(expected);
});

test.each(["", "data:text/javascript,1", "javascript:alert(1)", "blob:x", "https://", "https://a b/"])(
  "a page loads no file from %j",
  (url) => {
    expect(() => fileSource("swaggerJsUrl", url)).toThrow(/^APUS_DOCUMENTATION: swaggerJsUrl is /);
  },
);
