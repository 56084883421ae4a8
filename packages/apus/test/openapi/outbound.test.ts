/** Callbacks and webhooks: what an API calls at others, in the document and nowhere else. */
import { App, depends, get, header, httpError, path, post, put, router } from "apus";
import { httpBearer } from "apus/security";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";

const Event = z.object({ paid: z.boolean() }).meta({ id: "Event" });
const Received = z.object({ ok: z.boolean() }).meta({ id: "Received" });
const Gone = httpError(410, "Gone for good");
const paid = post("{$request.body#/callbackUrl}/paid/{$request.body#/id}", {
  input: { event: Event, attempt: header(z.int()) },
  output: Received,
  errors: [Gone],
  summary: "Told of a payment",
});
const createInvoice = post("/invoices", { callbacks: { invoicePaid: paid } }, () => ({ id: 1 }));

test("a callback stands in its operation, with parameters, body, answers and components of its own", () => {
  const document = new App().include(router({ createInvoice }, { tags: ["invoices"], prefix: "/v1" })).openapi();
  const { callbacks } = document.paths["/v1/invoices"]!["post"] as { callbacks: Record<string, unknown> };
  expect(callbacks).toEqual({
    invoicePaid: {
      "{$request.body#/callbackUrl}/paid/{$request.body#/id}": {
        post: {
          summary: "Told of a payment",
          operationId: "createInvoice_invoicePaid",
          parameters: [{ name: "attempt", in: "header", required: true, schema: { type: "integer" } }],
          requestBody: {
            content: { "application/json": { schema: { $ref: "#/components/schemas/Event" } } },
            required: true,
          },
          responses: {
            "200": {
              description: "Successful Response",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Received" } } },
            },
            "410": expect.objectContaining({ description: "Gone for good" }),
            "422": expect.objectContaining({ description: "Validation Error" }),
          },
        },
      },
    },
  });
  expect(Object.keys(document.components!.schemas!)).toEqual(
    expect.arrayContaining(["Event", "HTTPValidationError", "Received"]),
  );
});

test("routers and the App add callbacks to all their operations; the innermost wins where two have one name", () => {
  const other = put("{$request.query.url}", { summary: "Other" });
  const app = new App({ callbacks: { audit: other } }).include(
    router({ createInvoice }, { callbacks: { invoicePaid: other, moved: other } }),
  );
  const { callbacks } = app.openapi().paths["/invoices"]!["post"] as { callbacks: Record<string, object> };
  expect(Object.entries(callbacks).map(([name, item]) => [name, Object.keys(item)[0]])).toEqual([
    ["audit", "{$request.query.url}"],
    ["invoicePaid", paid.path],
    ["moved", "{$request.query.url}"],
  ]);
});

test("webhooks stand beside the paths, after them; guards and tags of the App are not theirs", () => {
  const guard = depends({ token: httpBearer() });
  const app = new App({
    dependencies: [guard],
    tags: ["all"],
    webhooks: { newSubscription: post("new-subscription", { input: { body: Event } }) },
  }).include({ createInvoice });
  const document = app.openapi();
  expect(Object.keys(document)).toEqual(["openapi", "info", "paths", "webhooks", "components"]);
  const described = document.webhooks!["new-subscription"]!["post"] as Record<string, unknown>;
  expect([described["operationId"], described["summary"], described["tags"], described["security"]]).toEqual([
    "newSubscription",
    "New Subscription",
    undefined,
    undefined,
  ]);
});

test("a scheme that only a webhook asks for is among the security schemes", () => {
  const token = httpBearer({ schemeName: "Signature" });
  const document = new App({ webhooks: { hook: post("hook", { input: { token } }) } }).openapi();
  expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual(["Signature"]);
});

test("an app answers none of them", async () => {
  const app = new App({ webhooks: { hook: post("hook", {}) } }).include({ createInvoice, paid });
  const client = testClient(app);
  expect((await client.post("/hook")).status).toBe(404);
  expect(Object.keys(app.openapi().paths)).toEqual(["/invoices"]);
});

test("the same operation id in two places stops the start", () => {
  const app = new App({ webhooks: { createInvoice: post("hook", {}) } }).include({ createInvoice });
  expect(() => app.openapi()).toThrow(/APUS_OPERATION_ID: .*createInvoice.*POST hook/);
});

const inApp = (webhooks: unknown): (() => unknown) => {
  return () => new App({ webhooks: webhooks as never }).openapi();
};

test.each([
  ["a list", inApp([paid]), /APUS_OUTBOUND: App: webhooks is a record/],
  ["one alone", inApp(paid), /APUS_OUTBOUND: App: webhooks is a record/],
  [
    "an operation with a handler",
    inApp({ a: get("/a", () => 1) }),
    /APUS_OUTBOUND: .*"a" is not declared without a handler/,
  ],
  [
    "one name twice",
    inApp({ a: post("x", {}), b: post("x", {}) }),
    /APUS_OUTBOUND: App: webhooks: "a" and "b" are both POST x/,
  ],
  ["a marked path parameter", inApp({ a: post("x", { input: { id: path(z.int()) } }) }), /APUS_PATH: POST x \(a\)/],
  [
    "an input that is none",
    inApp({ a: post("x", { input: { id: 1 as never } }) }),
    /APUS_INPUT: POST x \(a\): "id" is neither/,
  ],
  [
    "no handler under a path of this server",
    // @ts-expect-error the types say the same
    () => get("/items", { summary: "x" }),
    /APUS_HANDLER: GET \/items/,
  ],
  // @ts-expect-error the types say the same
  ["no handler in the short form", () => new App().get("items", {}).handler, /APUS_HANDLER: GET items/],
  [
    "callbacks that are none",
    () => new App({ callbacks: { a: 1 as never } }).include({ createInvoice }).openapi(),
    /APUS_OUTBOUND: POST \/invoices \(createInvoice\): callbacks/,
  ],
])("%s is refused", (_, declare, message) => {
  expect(declare).toThrow(message);
});

test.each(["3.1.1", "3.2.0"] as const)("the document can follow OpenAPI %s", (openapiVersion) => {
  expect(new App({ openapiVersion }).openapi().openapi).toBe(openapiVersion);
});

test("a version that there is not stops the start", () => {
  expect(() => new App({ openapiVersion: "3.0.3" as never }).openapi()).toThrow(/APUS_OPTIONS: .*3\.1\.0, .*3\.2\.0/);
});

test("external documentation stands last", () => {
  const document = new App({ externalDocs: { url: "https://example.com/", description: undefined } }).openapi();
  expect([Object.keys(document).at(-1), document["externalDocs"]]).toEqual([
    "externalDocs",
    { url: "https://example.com/" },
  ]);
});

test("ids of callbacks follow the rule of the router that their operation is in", () => {
  const routed = router({ createInvoice }, { operationId: ({ name }) => `R-${name}` });
  const operation = new App().include(routed).openapi().paths["/invoices"]!["post"] as {
    operationId: string;
    callbacks: Record<string, Record<string, Record<string, { operationId: string }>>>;
  };
  const callback = operation.callbacks["invoicePaid"]![paid.path]!["post"]!;
  expect([operation.operationId, callback.operationId]).toEqual(["R-createInvoice", "R-invoicePaid"]);
});
