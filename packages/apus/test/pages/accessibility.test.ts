// What axe-core finds on the documentation pages in their usual states: nothing serious, and nothing critical. The rules are all of axe's,
// the colours' contrast included; no finding is excepted.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { inBrowser, testBrowser, type Page } from "../browser.ts";
import { secret, served, shop } from "./shop.ts";

const browser = testBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every serious or critical finding: the rule, the element and what is wrong with it. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(`${axe}; 0`);
  // colours that are on their way from one to another are nobody's to read
  const moving = "document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)";
  await page.until(`${moving}.length === 0`);
  // without `preload` axe would fetch the style sheets again
  return await page.evaluate(`axe.run(document, { resultTypes: ["violations"], preload: false }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.html.slice(0, 120) + ": " + node.failureSummary)))`);
}

async function opened(path: string): Promise<Page> {
  const app = shop();
  app.del("/old", { deprecated: true, tags: ["old"] }, () => null);
  app.patch("/old", { tags: ["old"] }, () => null);
  const { url } = await served(app);
  return await browser.open(url + path);
}

test("axe finds what is wrong, also under the pages' policy", inBrowser, async () => {
  const page = await opened("/docs");
  await page.see(".opblock");
  await page.evaluate('document.querySelector(".btn.authorize span").style.color = "#eee"');
  expect(await findings(page)).toEqual([expect.stringMatching(/^color-contrast: <span [^>]*>Authorize<\/span>/)]);
});

describe.each(["light", "dark"])("Swagger UI in its %s form", (scheme) => {
  test("has no serious finding, closed, open, tried out, and with its dialog", inBrowser, async () => {
    const page = await opened("/docs");
    await page.prefer("prefers-color-scheme", scheme);
    await page.see(".opblock");
    expect({ closed: await findings(page) }).toEqual({ closed: [] });

    const operation = "#operations-items-putItem";
    await page.click(`${operation} .opblock-summary-control`);
    await page.click(`${operation} .try-out__btn`);
    await page.type(`${operation} .parameters input`, "12");
    await page.click(`${operation} .execute`);
    await page.see(`${operation} .live-responses-table .highlight-code`);
    expect({ triedOut: await findings(page) }).toEqual({ triedOut: [] });

    const closed = '[...document.querySelectorAll(".opblock:not(.is-open)")].map((each) => "#" + each.id)';
    for (const other of await page.evaluate<string[]>(closed)) await page.click(`${other} .opblock-summary-control`);
    await page.click(".json-schema-2020-12-expand-deep-button");
    expect({ open: await findings(page) }).toEqual({ open: [] });

    await page.click(".btn.authorize");
    await page.see(".modal-ux");
    expect({ dialog: await findings(page) }).toEqual({ dialog: [] });
    await page.type("#oauth_username", "ada");
    await page.type("#oauth_password", secret);
    await page.click(".auth-container:has(#oauth_username) .modal-btn.authorize");
    await page.see(".modal-btn", "Logout");
    expect({ signedIn: await findings(page) }).toEqual({ signedIn: [] });
  });
});

test("the dialog's first field has the focus, and the button that closes it a name", inBrowser, async () => {
  const page = await opened("/docs");
  await page.click(".btn.authorize");
  await page.until('document.activeElement === document.querySelector(".modal-ux input")');
  await page.see('.close-modal[aria-label="Close"]');
  await page.click(".close-modal");
  await page.until('document.querySelector(".modal-ux") === null');
});

describe.each([
  ["wide", 1280],
  ["narrow", 390],
])("ReDoc in a %s window", (_, width) => {
  test("has no serious finding, as it opens and with its samples and schemas open", inBrowser, async () => {
    const page = await opened("/redoc");
    await page.resize(width, 900);
    await page.see("h1");
    expect({ opened: await findings(page) }).toEqual({ opened: [] });
    // responses, and the servers of operations
    const closed =
      '[...document.querySelectorAll("main button")].filter(({ innerText }) => /^(422|GET|PUT)/.test(innerText))';
    expect(await page.evaluate(`${closed}.map((button) => button.click()).length`)).toBeGreaterThan(5);
    expect({ expanded: await findings(page) }).toEqual({ expanded: [] });
  });
});

test.each(["/docs", "/redoc"])(
  "in a window of 390 pixels nothing of %s is wider than the window",
  inBrowser,
  async (path) => {
    const page = await opened(path);
    await page.resize(390, 900);
    await page.see(path === "/docs" ? ".opblock" : "h1");
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  },
);
