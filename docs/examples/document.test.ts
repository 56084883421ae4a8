import { expect, it } from "vitest";
import { app as calling } from "./callbacks.ts";
import { app } from "./document.ts";

it("says what operations, routers and the App say", () => {
  const document = app.openapi();
  expect(document["x-logo"]).toEqual({ url: "https://example.com/logo.svg" });
  expect(document.info).toMatchObject({ title: "Billing", license: { identifier: "Apache-2.0" } });
  const { get, post } = document.paths["/invoices"] as Record<string, Record<string, object>>;
  expect(get).toMatchObject({
    tags: ["invoices"],
    operationId: "listInvoices",
    parameters: [{ name: "year", examples: { thisYear: { value: 2026 } } }],
  });
  expect(Object.keys(get!["responses"]!)).toEqual(["200", "422", "5XX"]);
  expect(get!["responses"]).toMatchObject({ 200: { content: { "application/json": {}, "text/csv": {} } } });
  expect(post).toMatchObject({ "x-audited": true });
  expect(Object.keys(document.components!.schemas!)).toEqual([
    "HTTPValidationError",
    "Invoice-Input",
    "Invoice-Output",
    "ValidationError",
  ]);
});

it("says what it calls at others", () => {
  const document = calling.openapi();
  expect(Object.keys(document.webhooks!)).toEqual(["new-subscription"]);
  expect(document.paths["/invoices"]!["post"]).toHaveProperty([
    "callbacks",
    "invoicePaid",
    "{$request.query.callback_url}/invoices/{$request.body#/id}",
    "post",
    "requestBody",
  ]);
});
