import { expect, test } from "vitest";
import { redocPage } from "./redoc-page.ts";

const basic = {
  title: "My API - ReDoc",
  openapiUrl: "./openapi.json",
  styles: [{ url: "./redoc/redoc-page.css" }],
  scripts: [{ url: "./redoc/redoc.standalone.js" }, { url: "./redoc/redoc-page.js" }],
  iconUrl: "data:,",
};

/** The settings as the browser's script reads them. */
function settingsIn(page: string): { url: string; options: Record<string, unknown> } {
  return JSON.parse(/<script id="apus-settings" type="application\/json">([^<]*)<\/script>/.exec(page)?.[1] ?? "null");
}

test("descriptions are sanitized, fonts are the reader's, and nothing comes from another server", () => {
  const page = redocPage(basic);
  expect(page).toContain("<title>My API - ReDoc</title>");
  expect(settingsIn(page)).toMatchObject({ url: "./openapi.json", options: { sanitize: true } });
  expect(JSON.stringify(settingsIn(page).options["theme"])).toMatch(/system-ui/);
  expect(page).not.toMatch(/https?:\/\/|"\/\/| on\w+=| style=|<style/);
});

test("parameters add to the options and override them", () => {
  const { options } = settingsIn(redocPage({ ...basic, parameters: { sanitize: false, hideHostname: true } }));
  expect(options).toMatchObject({ sanitize: false, hideHostname: true, theme: {} });
});

test("hostile text stays text wherever it is inserted", () => {
  const hostile = `</title></script><script>alert(1)</script><img src=x onerror='a()'>"&\u2028`;
  const page = redocPage({
    title: hostile,
    openapiUrl: hostile,
    styles: [{ url: hostile }],
    scripts: [{ url: hostile }, { url: hostile }],
    iconUrl: hostile,
    parameters: { [hostile]: hostile },
  });
  expect(page).not.toContain("<script>");
  expect(page).not.toContain("<img");
  expect(page.match(/<script/g)).toHaveLength(3);
  expect(settingsIn(page).options[hostile]).toBe(hostile);
});
