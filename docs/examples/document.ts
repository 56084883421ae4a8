import { App, get, post, query, router } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Invoice = z
  .object({
    number: z.string().meta({ description: "As printed on it", examples: ["2026-17"] }),
    total: types.decimal({ maxDigits: 10, decimalPlaces: 2 }),
  })
  .meta({ id: "Invoice", description: "What a customer owes" });

const listInvoices = get(
  "/invoices",
  {
    input: {
      year: query(z.int().min(2000), {
        description: "The year they were written in",
        openapiExamples: {
          thisYear: { summary: "Those of this year", value: 2026 },
          all: { summary: "All since the beginning", value: 2000 },
        },
      }),
    },
    output: z.array(Invoice),
    summary: "List the invoices of a year",
    description: "Sorted by their numbers. **Drafts** are left out.",
    responseDescription: "The invoices, none if there are none",
    responses: {
      200: {
        headers: { "x-total": { description: "How many there are", schema: { type: "integer" } } },
        content: { "text/csv": { schema: { type: "string" }, example: "number,total\n2026-17,9.50" } },
      },
      "5XX": { description: "Ask again later" },
    },
  },
  () => [{ number: "2026-17", total: "9.50" }],
);

const addInvoice = post(
  "/invoices",
  { input: { invoice: Invoice }, output: Invoice, status: 201, openapi: { "x-audited": true } },
  ({ invoice }) => invoice,
);

export const app = new App({
  title: "Billing",
  version: "2.1.0",
  summary: "Invoices and payments",
  description: "Amounts are in **euros**.",
  contact: { name: "Billing team", email: "billing@example.com" },
  license: { name: "Apache 2.0", identifier: "Apache-2.0" },
  servers: [
    { url: "https://{region}.example.com", variables: { region: { default: "eu", enum: ["eu", "us"] } } },
    { url: "http://127.0.0.1:8000", description: "Development" },
  ],
  openapiTags: [{ name: "invoices", description: "What customers owe", externalDocs: { url: "https://example.com/" } }],
  openapi: (document) => ({ ...document, "x-logo": { url: "https://example.com/logo.svg" } }),
}).include(router({ listInvoices, addInvoice }, { tags: ["invoices"] }));
