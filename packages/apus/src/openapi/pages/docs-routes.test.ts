import { readFile } from "node:fs/promises";
import { Script } from "node:vm";
import { expect, test } from "vitest";
import { answerDocsRoute } from "./answer-docs-route.ts";
import { redocAssets, redocVersion, swaggerUiAssets, swaggerUiVersion } from "./docs-assets.ts";
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

function isHtml(route: DocsRoute): boolean {
  return header(route, "content-type")?.startsWith("text/html") ?? false;
}

async function textOf(route: DocsRoute): Promise<string> {
  const { body } = await answerDocsRoute(route, host);
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

test("the default routes", () => {
  expect(docsRoutes({ title: "My API" }).map((route) => route.path)).toEqual([
    "/docs",
    "/docs/docs-page.js",
    "/docs/docs-page.css",
    "/docs/oauth2-redirect",
    "/docs/oauth2-redirect.js",
    `/docs/assets/${swaggerUiVersion}/swagger-ui-bundle.js`,
    `/docs/assets/${swaggerUiVersion}/swagger-ui.css`,
    `/docs/assets/${swaggerUiVersion}/favicon-32x32.png`,
    "/redoc",
    "/redoc/redoc-page.js",
    "/redoc/redoc-page.css",
    `/redoc/assets/${redocVersion}/redoc.standalone.js`,
  ]);
});

test.each<[Partial<DocsOptions>, string[]]>([
  [{ openapiUrl: null }, []],
  [{ docsUrl: null, redocUrl: null }, []],
  [{ docsUrl: null }, ["/redoc"]],
  [{ redocUrl: null }, ["/docs", "/docs/oauth2-redirect"]],
  [{ redocUrl: null, oauth2RedirectUrl: null }, ["/docs"]],
])("of the pages %j leaves %j", (options, pages) => {
  const routes = docsRoutes({ title: "", ...options });
  expect(routes.filter(isHtml).map((route) => route.path)).toEqual(pages);
});

test.each([
  ["/docs", "/redoc"],
  ["/", "/reference/"],
  ["/documentation/", "/"],
  ["/api/v1/docs", "/api/v1/docs/redoc"],
])("every address in the pages at %s and %s is one of the routes", async (docsUrl, redocUrl) => {
  const routes = docsRoutes({ title: "My API", docsUrl, redocUrl });
  const paths = new Set([...routes.map((route) => route.path), "/openapi.json"]);
  expect(paths.size).toBe(routes.length + 1);
  for (const page of routes.filter(isHtml)) {
    const text = await textOf(page);
    const addresses = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? "");
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses.filter((each) => each !== "data:,")) {
      const { pathname } = new URL(address, `http://host${page.path}`);
      expect(paths).toContain(pathname);
    }
  }
});

const closed = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const alignment =
  "style-src-attr 'unsafe-hashes' 'sha256-De7agAeYqm6ANIVvRRW6HFWi52AJW8inhFE0gSdgXnI=' " +
  "'sha256-kFAIUwypIt04FgLyVU63Lcmp2AQimPh/TdYjy04Flxs=' 'sha256-XzJlZKVo+ff9ozww9Sr2p/2TbJXITZuaWMZ9p53zN1U='";
const redocStyles =
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='";

test.each([
  [
    "/docs",
    `default-src 'none'; script-src 'self'; style-src 'self'; ${alignment}; img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; ${closed}`,
  ],
  [
    "/redoc",
    `default-src 'none'; script-src 'self'; ${redocStyles}; img-src 'self' data:; worker-src blob:; connect-src 'self'; ${closed}`,
  ],
  ["/docs/oauth2-redirect", `default-src 'none'; script-src 'self'; ${closed}`],
])("the page at %s is HTML under the strict policy", (path, policy) => {
  const page = routeAt(path);
  expect(header(page, "content-type")).toBe("text/html; charset=utf-8");
  expect(header(page, "content-security-policy")).toBe(policy);
  expect(header(page, "x-content-type-options")).toBe("nosniff");
  expect(header(page, "cache-control")).toBe("no-cache");
});

test("the policies open only for what the document names, and the document is asked once, late", () => {
  let asked = 0;
  const document = (): unknown => {
    asked += 1;
    return {
      info: { "x-logo": { url: "https://pictures.example.com/logo.png" } },
      servers: [{ url: "https://api.example.com/v1" }, { url: "/v1" }, { url: "https://{region}.example.com" }],
      components: {
        securitySchemes: { login: { flows: { password: { tokenUrl: "https://login.example.com/token" } } } },
      },
    };
  };
  const routes = docsRoutes({ title: "", openapiUrl: "https://files.example.com/openapi.json", document });
  const directives = (path: string): string[] =>
    header(
      routes.find((route) => route.path === path)!,
      "content-security-policy",
    )?.split("; ") ?? [];
  expect(asked).toBe(0);
  expect(directives("/docs")).toContain(
    "connect-src 'self' https://files.example.com https://api.example.com https://login.example.com",
  );
  expect(directives("/docs")).toContain("script-src 'self'");
  expect(directives("/docs")).toContain("img-src 'self' data: blob:");
  expect(directives("/redoc")).toContain("connect-src 'self' https://files.example.com");
  expect(directives("/redoc")).toContain("img-src 'self' data: https://pictures.example.com");
  expect(asked).toBe(1);
});

const assets = [
  ...Object.values(swaggerUiAssets).map((asset) => ({ ...asset, folder: `/docs/assets/${swaggerUiVersion}` })),
  ...Object.values(redocAssets).map((asset) => ({ ...asset, folder: `/redoc/assets/${redocVersion}` })),
];

test.each(assets)("$name is served from the package, for a year", async ({ folder, file, mediaType }) => {
  const route = routeAt(`${folder}/${file}`);
  expect(header(route, "content-type")).toBe(mediaType);
  expect(header(route, "cache-control")).toBe("public, max-age=31536000, immutable");
  const answer = await answerDocsRoute(route, host);
  expect(answer.status).toBe(200);
  expect(answer.body.length).toBeGreaterThan(500);
});

test("what stands behind guards is kept by no shared cache, and the pages by none", () => {
  const routes = docsRoutes({ title: "", guarded: true });
  const caching = new Set(
    routes.map((route) => `${isHtml(route) ? "page" : "file"}: ${header(route, "cache-control")}`),
  );
  expect([...caching]).toEqual([
    "page: no-store",
    "file: private, no-cache",
    "file: private, max-age=31536000, immutable",
  ]);
});

test.each(["/docs/docs-page.js", "/docs/oauth2-redirect.js", "/redoc/redoc-page.js"])(
  "%s is valid JavaScript that is asked for again",
  async (path) => {
    const route = routeAt(path);
    expect(header(route, "cache-control")).toBe("no-cache");
    expect(() => new Script(String("text" in route.body && route.body.text))).not.toThrow();
  },
);

test.each(["/docs", "/redoc"])("without a host the page at %s says what to do", async (path) => {
  const answer = await answerDocsRoute(routeAt(path), undefined);
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
  [{ docsUrl: "docs" }, /^APUS_DOCUMENTATION: docsUrl is "docs"/],
  [{ redocUrl: "/{page}" }, /^APUS_DOCUMENTATION: redocUrl is/],
  [{ docsUrl: "/redoc" }, /^APUS_DOCUMENTATION: docsUrl and redocUrl are both "\/redoc"/],
  [{ openapiUrl: "javascript:alert(1)" }, /^APUS_DOCUMENTATION: openapiUrl/],
  [{ oauth2RedirectUrl: "//evil.example" }, /^APUS_DOCUMENTATION: oauth2RedirectUrl/],
  [
    { redocParameters: { theme: { extensionsHook: () => {} } } },
    /^APUS_DOCUMENTATION: ReDoc's setting "extensionsHook" is a function/,
  ],
])("%j is refused", (options, message) => {
  expect(() => docsRoutes({ title: "My API", ...options })).toThrow(message);
});
