import { App, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Invoice = z.object({ id: z.string(), total: z.number() }).meta({ id: "Invoice" });
const InvoiceEvent = z.object({ description: z.string(), paid: z.boolean() }).meta({ id: "InvoiceEvent" });
const Received = z.object({ ok: z.boolean() }).meta({ id: "Received" });
const Subscription = z.object({ username: z.string(), since: types.datetime() }).meta({ id: "Subscription" });

// Without a handler, at an address made of the request that it follows.
const invoicePaid = post("{$request.query.callback_url}/invoices/{$request.body#/id}", {
  input: { event: InvoiceEvent },
  output: Received,
});

const createInvoice = post(
  "/invoices",
  { input: { invoice: Invoice, callback_url: types.httpUrl().optional() }, callbacks: { invoicePaid } },
  () => ({ message: "Invoice received" }),
);

// At addresses that its receivers have left elsewhere: the path is a name.
const newSubscription = post("new-subscription", { input: { subscription: Subscription } });

export const app = new App({ webhooks: { newSubscription } }).include({ createInvoice });
