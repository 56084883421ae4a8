import { readFile } from "node:fs/promises";
import { Script } from "node:vm";
import { expect, test } from "vitest";
import { answerDocsRoute } from "./answer-docs-route.ts";
import { docsAssets, swaggerUiVersion } from "./docs-assets.ts";
import { docsRoutes, type DocsRoute } from "./docs-routes.ts";

type DocsOptions = Parameters<typeof docsRoutes>[0];
type DocsHost = NonNullable<Parameters<typeof answerDocsRoute>[1]>;

/** The files as the build copies them; run `npm run build` first. */
const host: DocsHost = { asset: (name) => readFile(new URL(`../../../assets/${name}`, import.meta.url)) };

function routeAt(path: string, options: Partial<DocsOptions> = {}): DocsRoute {
  const route = docsRoutes({ title: "My API", ...options }).find((candidate) => candidate.path === path);
  if (route === undefined) throw new Error(`no route at ${path}`);
  return route;
}

function header(route: { headers: DocsRoute["headers"] }, name: string): string | undefined {
  return route.headers.find(([candidate]) => candidate === name)?.[1];
}

async function textOf(route: DocsRoute): Promise<string> {
  const { body } = await answerDocsRoute(route, host);
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

test("the default routes", () => {
  const folder = `/docs/assets/${swaggerUiVersion}`;
  expect(docsRoutes({ title: "My API" }).map((route) => route.path)).toEqual([
    "/docs",
    "/docs/docs-page.js",
    "/docs/oauth2-redirect",
    `${folder}/swagger-ui-bundle.js`,
    `${folder}/swagger-ui.css`,
    `${folder}/favicon-32x32.png`,
    `${folder}/oauth2-redirect.js`,
  ]);
});

test("null switches the documentation, or the redirect page, off", () => {
  expect(docsRoutes({ title: "", docsUrl: null })).toEqual([]);
  expect(docsRoutes({ title: "", openapiUrl: null })).toEqual([]);
  expect(docsRoutes({ title: "", oauth2RedirectUrl: null }).map((route) => route.path)).not.toContain(
    "/docs/oauth2-redirect",
  );
});

test.each(["/docs", "/", "/documentation/", "/api/v1/docs"])(
  "every address in the page at %s is one of the routes",
  async (docsUrl) => {
    const routes = docsRoutes({ title: "My API", docsUrl });
    const paths = new Set([...routes.map((route) => route.path), "/openapi.json"]);
    for (const page of [routeAt(docsUrl, { docsUrl }), routeAt("/docs/oauth2-redirect", { docsUrl })]) {
      const text = await textOf(page);
      const addresses = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? "");
      expect(addresses.length).toBeGreaterThan(0);
      for (const address of addresses) {
        const { pathname } = new URL(address, `http://host${page.path}`);
        expect(paths).toContain(pathname);
      }
    }
  },
);

test("the page is HTML under the strict policy", () => {
  const page = routeAt("/docs");
  expect(header(page, "content-type")).toBe("text/html; charset=utf-8");
  expect(header(page, "content-security-policy")).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; " +
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(header(page, "x-content-type-options")).toBe("nosniff");
  expect(header(page, "cache-control")).toBe("no-cache");
});

test("the policy opens only for origins that the application names", () => {
  const page = routeAt("/docs", {
    openapiUrl: "https://api.example.com/openapi.json",
    connectTo: ["https://login.example.com/token", "/local", "nonsense; script-src *"],
    picturesFrom: ["https://pictures.example.com/logo.png"],
    assetsUrl: "https://files.example.com/swagger-ui/",
  });
  expect(header(page, "content-security-policy")?.split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'self' https://files.example.com",
    "style-src 'self' https://files.example.com",
    "img-src 'self' data: blob: https://files.example.com https://pictures.example.com",
    "media-src 'self'",
    "connect-src 'self' https://api.example.com https://login.example.com",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
});

test.each(Object.values(docsAssets))("$name is served from the package, for a year", async (asset) => {
  const route = routeAt(`/docs/assets/${swaggerUiVersion}/${asset.file}`);
  expect(header(route, "content-type")).toBe(asset.mediaType);
  expect(header(route, "cache-control")).toBe("public, max-age=31536000, immutable");
  const answer = await answerDocsRoute(route, host);
  expect(answer.status).toBe(200);
  expect(answer.body.length).toBeGreaterThan(500);
});

test("the start script is valid JavaScript that is asked for again", async () => {
  const route = routeAt("/docs/docs-page.js");
  expect(header(route, "cache-control")).toBe("no-cache");
  expect(() => new Script(String("text" in route.body && route.body.text))).not.toThrow();
});

test("files that are served elsewhere need neither routes nor a host", async () => {
  const options = { assetsUrl: "https://files.example.com/swagger-ui" };
  expect(docsRoutes({ title: "My API", ...options }).map((route) => route.path)).toEqual([
    "/docs",
    "/docs/docs-page.js",
    "/docs/oauth2-redirect",
  ]);
  const answer = await answerDocsRoute(routeAt("/docs", options), undefined);
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('src="https://files.example.com/swagger-ui/swagger-ui-bundle.js"');
});

test("without a host the page says what to do", async () => {
  const answer = await answerDocsRoute(routeAt("/docs"), undefined);
  expect(answer.status).toBe(501);
  expect(header(answer, "content-type")).toBe("text/plain; charset=utf-8");
  expect(answer.body).toContain('serve() from "apus/server"');
  expect(answer.body).toContain("/openapi.json");
});

test("a missing file says what to do, without naming where it looked", async () => {
  const broken: DocsHost = { asset: () => Promise.reject(new Error("ENOENT: /home/someone/assets")) };
  const answer = await answerDocsRoute(routeAt(`/docs/assets/${swaggerUiVersion}/swagger-ui.css`), broken);
  expect(answer.status).toBe(500);
  expect(answer.body).toContain("npm run build");
  expect(answer.body).not.toContain("/home/");
});

test.each([
  [{ docsUrl: "docs" }, /docsUrl/],
  [{ openapiUrl: "javascript:alert(1)" }, /openapiUrl/],
  [{ oauth2RedirectUrl: "//evil.example" }, /oauth2RedirectUrl/],
  [{ assetsUrl: "assets" }, /assetsUrl/],
  [{ faviconUrl: "data:image/png;base64," }, /faviconUrl/],
])("%j is refused", (options, message) => {
  expect(() => docsRoutes({ title: "My API", ...options })).toThrow(message);
});
