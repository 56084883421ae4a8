// The page of Swagger UI in a real browser, under its Content-Security-Policy: what it shows, and where it reaches.
import { App, depends } from "apus";
import { cors, securityHeaders } from "apus/middleware";
import { httpBasic, NotAuthenticated } from "apus/security";
import { describe, expect, test } from "vitest";
import { inBrowser, testBrowser, type Page } from "../browser.ts";
import { served, shop } from "./shop.ts";

const browser = testBrowser();

async function opened(app: App, path = "/docs"): Promise<Page> {
  const { url } = await served(app);
  const page = await browser.open(url + path);
  await page.see(".opblock");
  return page;
}

/** Runs an operation without inputs, and gives the address that was asked and the body that the page shows. */
async function tryOut(page: Page, operation: string): Promise<[string, string]> {
  await page.click(`${operation} .opblock-summary-control`);
  await page.click(`${operation} .try-out__btn`);
  await page.click(`${operation} .execute`);
  await page.see(`${operation} .live-responses-table .highlight-code`);
  const [address = ""] = await page.texts(`${operation} .request-url`);
  const [body = ""] = await page.texts(`${operation} .live-responses-table .highlight-code code`);
  return [address.replace(/^Request URL\s*/, ""), body];
}

function hello(options: ConstructorParameters<typeof App>[0] = {}): App {
  const app = new App({ title: "Hello", version: "1.0.0", ...options });
  app.get("/hello", { operationId: "hello" }, () => "hello");
  return app;
}

const operation = "#operations-default-hello";

describe("the page", () => {
  test.each([
    ["by itself", {}],
    ["with the security headers of every answer", { middleware: [securityHeaders()] }],
  ])("shows the document, names no other origin and has no problem, %s", inBrowser, async (_, options) => {
    const page = await opened(shop(options));
    expect(await page.evaluate("document.title")).toBe("Shop - Swagger UI");
    expect(await page.evaluate('document.querySelector("h1.title").firstChild.data')).toBe("Shop");
    expect(await page.texts(".opblock-tag [data-tag], .opblock-tag .nostyle")).toEqual(["items", "who"]);
    const paths = await page.evaluate<string[]>(
      '[...document.querySelectorAll(".opblock-summary-path")].map((each) => each.dataset.path)',
    );
    expect(paths.toSorted()).toEqual([
      "/items/{id}",
      "/items/{id}",
      "/token",
      ...["basic", "bearer", "code", "cookie", "header", "password", "query"].map((scheme) => `/who/${scheme}`),
    ]);
    expect(page.problems).toEqual([]);
    expect(page.origins).toEqual([await page.evaluate("location.origin")]);
  });

  test("opens the operation that its address names, and names the one that is opened", inBrowser, async () => {
    const page = await opened(hello(), "/docs#/default/hello");
    await page.see(`${operation} .opblock-body`);
    await page.click(`${operation} .opblock-summary-control`);
    await page.until('location.hash === "#/"');
    await page.click(`${operation} .opblock-summary-control`);
    await page.until('location.hash === "#/default/hello"');
    expect(page.problems).toEqual([]);
  });

  test("takes Swagger UI's parameters", inBrowser, async () => {
    const page = await opened(
      hello({ swaggerUiParameters: { deepLinking: false, docExpansion: "full", defaultModelsExpandDepth: -1 } }),
    );
    await page.see(`${operation} .opblock-body`);
    expect(await page.texts("section.models")).toEqual([]);
    expect(await page.evaluate("location.hash")).toBe("");
    expect(page.problems).toEqual([]);
  });

  test("works behind guards that a browser passes, here HTTP Basic", inBrowser, async () => {
    const team = depends({ basic: httpBasic() }, ({ basic: { password } }) => {
      if (password !== "word") throw new NotAuthenticated();
    });
    const { url } = await served(hello({ docsDependencies: [team] }));
    // the browser asks once, and keeps the answer
    const page = await browser.open(url.replace("://", "://team:word@") + "/docs/oauth2-redirect");
    await page.goto(`${url}/docs`);
    expect(await tryOut(page, operation)).toEqual([`${url}/hello`, '"hello"']);
    expect(page.requests.filter(({ status }) => status === 401)).toEqual([]);
    expect(page.problems).toEqual([]);
  });

  test("has the dark form when the reader's system has", inBrowser, async () => {
    const page = await opened(hello());
    const background = 'getComputedStyle(document.querySelector(".swagger-ui")).backgroundColor';
    const light = await page.evaluate(background);
    await page.prefer("prefers-color-scheme", "dark");
    await page.until(`${background} === "rgb(28, 32, 34)"`);
    await page.prefer("prefers-color-scheme", "light");
    await page.until(`${background} === ${JSON.stringify(light)}`);
  });
});

describe("Try it out", () => {
  test("under a root path the page, its files and its requests go through the proxy's prefix", inBrowser, async () => {
    const inner = hello({ rootPath: "/shop" });
    const page = await opened(new App().mount("/shop", inner), "/shop/docs");
    const origin = await page.evaluate<string>("location.origin");
    expect(await tryOut(page, operation)).toEqual([`${origin}/shop/hello`, '"hello"']);
    const elsewhere = page.requests.map(({ url }) => url).filter((url) => !/^data:|\/shop\//.test(url));
    expect(elsewhere).toEqual([]);
    expect(page.problems).toEqual([]);
  });

  test("a server of the document on another origin is reached, and no other", inBrowser, async () => {
    const api = await served(hello({ middleware: [cors({ allowOrigins: ["*"] })] }));
    const page = await opened(hello({ servers: [{ url: api.url }] }));
    expect(await tryOut(page, operation)).toEqual([`${api.url}/hello`, '"hello"']);
    expect(page.problems).toEqual([]);
    const stranger = await served(hello({ middleware: [cors({ allowOrigins: ["*"] })] }));
    const blocked = await page.evaluate(`fetch(${JSON.stringify(`${stranger.url}/hello`)}).catch(() => "blocked")`);
    expect(blocked).toBe("blocked");
    expect(page.violations).toEqual([`connect-src: ${stranger.url}/hello`]);
  });
});
