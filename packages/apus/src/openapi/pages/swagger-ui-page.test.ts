import { expect, test } from "vitest";
import { escapeHtml, escapeJsonForScript } from "./html-escaping.ts";
import { swaggerUiPage } from "./swagger-ui-page.ts";

const basic = {
  title: "My API - Swagger UI",
  openapiUrl: "./openapi.json",
  styles: [{ url: "./docs/swagger-ui.css" }],
  scripts: [{ url: "./docs/swagger-ui-bundle.js" }, { url: "./docs/docs-page.js" }],
  iconUrl: "./docs/icon.png",
};

/** The settings as the browser's script reads them. */
function settingsIn(page: string): { ui: Record<string, unknown>; initOAuth?: unknown } {
  const json = /<script id="apus-settings" type="application\/json">([^<]*)<\/script>/.exec(page)?.[1];
  return JSON.parse(json ?? "null");
}

test("the page has a title, a viewport, its character set and no inline script", () => {
  const page = swaggerUiPage(basic);
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain('<meta charset="utf-8">');
  expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
  expect(page).toContain("<title>My API - Swagger UI</title>");
  const scripts = [...page.matchAll(/<script ([^>]*)>([^<]*)<\/script>/g)];
  expect(scripts.map(([, attributes]) => attributes)).toEqual([
    'id="apus-settings" type="application/json"',
    'src="./docs/swagger-ui-bundle.js"',
    'src="./docs/docs-page.js"',
  ]);
  expect(page).not.toMatch(/ on\w+=| style=|<style/);
});

test("nothing is loaded from another server", () => {
  expect(swaggerUiPage(basic)).not.toMatch(/https?:\/\/|"\/\//);
});

test("Swagger UI gets FastAPI's settings, in its spelling", () => {
  const page = swaggerUiPage({ ...basic, oauth2RedirectUrl: "./docs/oauth2-redirect" });
  expect(settingsIn(page)).toEqual({
    ui: {
      dom_id: "#swagger-ui",
      layout: "BaseLayout",
      deepLinking: true,
      showExtensions: true,
      showCommonExtensions: true,
      url: "./openapi.json",
      oauth2RedirectUrl: "./docs/oauth2-redirect",
    },
  });
  for (const line of ['"dom_id": "#swagger-ui",', '"layout": "BaseLayout",', '"deepLinking": true,']) {
    expect(page).toContain(line);
  }
});

test("parameters add to the settings and override them", () => {
  const page = swaggerUiPage({
    ...basic,
    parameters: { deepLinking: false, syntaxHighlight: { theme: "obsidian" }, url: "/other.json" },
    initOAuth: { clientId: "web" },
  });
  expect(settingsIn(page)).toEqual({
    ui: {
      dom_id: "#swagger-ui",
      layout: "BaseLayout",
      deepLinking: false,
      showExtensions: true,
      showCommonExtensions: true,
      syntaxHighlight: { theme: "obsidian" },
      url: "/other.json",
    },
    initOAuth: { clientId: "web" },
  });
});

test("a setting that JSON cannot carry is refused by name", () => {
  const parameters = { requestInterceptor: (request: unknown) => request };
  expect(() => swaggerUiPage({ ...basic, parameters })).toThrow(
    /^APUS_DOCUMENTATION: Swagger UI's setting "requestInterceptor" is a function/,
  );
});

test("hostile text stays text wherever it is inserted", () => {
  const hostile = `</title></script><script>alert(1)</script><img src=x onerror='a()'>"&\u2028`;
  const page = swaggerUiPage({
    title: hostile,
    openapiUrl: hostile,
    styles: [{ url: hostile }],
    scripts: [{ url: hostile }, { url: hostile }],
    iconUrl: hostile,
    oauth2RedirectUrl: hostile,
    parameters: { [hostile]: hostile },
    initOAuth: { appName: hostile },
  });
  expect(page).not.toContain("<script>");
  expect(page).not.toContain("<img");
  expect(/<script id[^]*?<\/script>/.exec(page)?.[0]).not.toContain("\u2028");
  expect(page.match(/<\/title>/g)).toHaveLength(1);
  expect(page.match(/<script/g)).toHaveLength(3);
  expect(settingsIn(page).ui[hostile]).toBe(hostile);
  expect(settingsIn(page).initOAuth).toEqual({ appName: hostile });
});

test("escaping", () => {
  expect(escapeHtml(`<a href="x">'&amp;`)).toBe("&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;");
  expect(escapeJsonForScript('{"a":"<!--<script>&\u2028\u2029é"}')).toBe(
    '{"a":"\\u003c!--\\u003cscript\\u003e\\u0026\\u2028\\u2029é"}',
  );
});
