// The page of ReDoc in a real browser, under its Content-Security-Policy, with no other server in reach.
import { App } from "apus";
import { securityHeaders } from "apus/middleware";
import { expect, test } from "vitest";
import { inBrowser, testBrowser, type Page } from "../browser.ts";
import { fileAddress, served, shop } from "./shop.ts";

const browser = testBrowser();

async function opened(app: App, path = "/redoc"): Promise<Page> {
  const { url } = await served(app);
  const page = await browser.open(url + path);
  await page.see("h1");
  return page;
}

test.each([
  ["by itself", {}],
  ["with the security headers of every answer", { middleware: [securityHeaders()] }],
])("shows the document, asks no other origin and has no problem, %s", inBrowser, async (_, options) => {
  const page = await opened(shop(options));
  expect(await page.evaluate("document.title")).toBe("Shop - ReDoc");
  const [title = ""] = await page.texts("h1");
  expect(title).toMatch(/^Shop\s*\(1\.0\.0\)$/);
  const headings = await page.texts("h2");
  expect(headings).toEqual(expect.arrayContaining(["Read an item", "Put Item", "Login"]));
  expect(page.problems).toEqual([]);
  expect(page.origins).toEqual([await page.evaluate("location.origin")]);
});

test("the search finds what a description says, and goes there", inBrowser, async () => {
  const page = await opened(shop());
  await page.type('input[placeholder^="Search"]', "Read an");
  await page.click('[data-role="search:results"] label');
  await page.until('location.hash === "#tag/items/operation/readItem"');
  expect(page.problems).toEqual([]);
  expect(page.origins).toEqual([await page.evaluate("location.origin")]);
});

test("inside a mount it shows the mounted app's document", inBrowser, async () => {
  const page = await opened(new App().mount("/shop", shop()), "/shop/redoc");
  expect(await page.evaluate("document.title")).toBe("Shop - ReDoc");
  expect(await page.evaluate('document.querySelector("a[download]").getAttribute("href")')).toContain(
    "/shop/openapi.json",
  );
  expect(page.problems).toEqual([]);
});

test("the logo of the document is shown, from the origin that the document names", inBrowser, async () => {
  const pictures = await served(new App({ title: "Pictures" }));
  const logo = await fileAddress(`${pictures.url}/docs`, ".png");
  const page = await opened(
    shop({ openapi: (document) => ({ ...document, info: { ...document.info, "x-logo": { url: logo } } }) }),
  );
  await page.until(
    `[...document.images].some((image) => image.src === ${JSON.stringify(logo)} && image.naturalWidth > 0)`,
  );
  expect(page.problems).toEqual([]);
});
