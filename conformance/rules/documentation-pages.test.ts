import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expectedAnswer } from "../runner/expectation.ts";
import { isHttpStep, parseVector } from "../runner/vector.ts";
import type { HttpStep } from "../runner/vector.ts";
import { documentationPages } from "./documentation-pages.ts";

/** The recorded step of a vector that asks for a path and was answered 200. */
function recorded(name: string, path: string): HttpStep {
  const file = new URL(`../vectors/${name}_py310.json`, import.meta.url);
  const steps = parseVector(JSON.parse(readFileSync(file, "utf8")), name).cases.flatMap((one) => one.steps);
  const found = steps.filter(isHttpStep).find((step) => step.request.path === path && step.observed?.status === 200);
  if (found === undefined) throw new Error(`${name} does not ask for ${path}`);
  return found;
}

function transform(step: HttpStep) {
  const answer = expectedAnswer(step);
  return { answer, transformed: documentationPages.transform(answer, { vector: "x.json", request: step.request }) };
}

const title = "<title>FastAPI - Swagger UI</title>";
const settings = [
  '  "dom_id": "#swagger-ui"',
  '  "layout": "BaseLayout"',
  '  "deepLinking": true',
  '  "showExtensions": true',
  '  "showCommonExtensions": true',
];

test.each([
  ["/documentation", "metadata__tutorial003", settings],
  ["/docs", "conditional_openapi__tutorial001", settings],
  ["/docs", "configure_swagger_ui__tutorial001", [...settings, '  "syntaxHighlight": false']],
  ["/docs", "configure_swagger_ui__tutorial002", [...settings, '  "syntaxHighlight": {\n   "theme": "obsidian"\n  }']],
])("of the page at %s in %s its title and its settings stay", (path, name, written) => {
  const { answer, transformed } = transform(recorded(name, path));
  expect(transformed).toEqual({
    ...answer,
    bodies: [],
    contains: [title, ...written],
    notContains: [...answer.notContains, "<script>"],
    headersPresent: ["content-security-policy"],
  });
  expect(transformed.status).toBe(200);
  expect(transformed.headers).toEqual({ "content-type": "text/html; charset=utf-8" });
});

test("what a test asserts of the page outside its inline script stays asserted", () => {
  const { transformed } = transform(recorded("custom_docs_ui__tutorial001", "/docs"));
  expect(transformed.contains).toEqual([
    title,
    ...settings,
    "https://unpkg.com/swagger-ui-dist@5/swagger-ui-bundle.js",
    "https://unpkg.com/swagger-ui-dist@5/swagger-ui.css",
  ]);
  expect(transformed.notContains).toEqual([]);
  expect(transformed.headersPresent).toEqual(["content-security-policy"]);
});

test.each([
  ["conditional_openapi__tutorial001", ["<script>"], []],
  ["custom_docs_ui__tutorial001", [], ["https://unpkg.com/redoc@2/bundles/redoc.standalone.js"]],
])("of ReDoc's page in %s its title stays, and what a test asserts of it", (name, notContains, asserted) => {
  const { answer, transformed } = transform(recorded(name, "/redoc"));
  expect(transformed).toEqual({
    ...answer,
    bodies: [],
    contains: ["<title>FastAPI - ReDoc</title>", ...asserted],
    notContains,
    headersPresent: ["content-security-policy"],
  });
});

test("of the page that ends a login its title stays", () => {
  const { transformed } = transform(recorded("custom_docs_ui__tutorial001", "/docs/oauth2-redirect"));
  expect(transformed.bodies).toEqual([]);
  expect(transformed.contains).toEqual(["<title>Swagger UI: OAuth2 Redirect</title>"]);
  expect(transformed.headersPresent).toEqual(["content-security-policy"]);
});

test.each([
  ["/items/", "custom_response__tutorial003"],
  ["/", "websockets___tutorial001"],
  ["/", "request_files__tutorial002_an"],
  ["/openapi.json", "metadata__tutorial003"],
])("the answer at %s in %s is not touched", (path, name) => {
  const { answer, transformed } = transform(recorded(name, path));
  expect(transformed).toBe(answer);
});

test("the same text is not touched when it is another status or type", () => {
  const step = recorded("metadata__tutorial003", "/documentation");
  const answer = expectedAnswer(step);
  const context = { vector: "x.json", request: step.request };
  for (const other of [
    { ...answer, status: 404 },
    { ...answer, headers: { "content-type": "text/plain; charset=utf-8" } },
  ])
    expect(documentationPages.transform(other, context)).toBe(other);
});
