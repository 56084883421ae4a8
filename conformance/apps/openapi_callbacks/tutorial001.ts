import { App, operationIds, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Invoice = z
  .object({ id: z.string(), title: z.string().nullish(), customer: z.string(), total: z.number() })
  .meta({ id: "Invoice" });
const InvoiceEvent = z.object({ description: z.string(), paid: z.boolean() }).meta({ id: "InvoiceEvent" });
const InvoiceEventReceived = z.object({ ok: z.boolean() }).meta({ id: "InvoiceEventReceived" });

const invoiceNotification = post("{$callback_url}/invoices/{$request.body.id}", {
  input: { body: InvoiceEvent },
  output: InvoiceEventReceived,
});

const createInvoice = post(
  "/invoices/",
  {
    input: { invoice: Invoice, callback_url: types.httpUrl().nullish() },
    callbacks: { invoice_notification: invoiceNotification },
    description: `Create an invoice.

This will (let's imagine) let the API user (some external developer) create an
invoice.

And this path operation will:

* Send the invoice to the client.
* Collect the money from the client.
* Send a notification back to the API user (the external developer), as a callback.
    * At this point is that the API will somehow send a POST request to the
        external API with the notification of the invoice event
        (e.g. "payment successful").`,
  },
  () => ({ msg: "Invoice received" }),
);

export const app = new App({ title: "FastAPI", operationId: operationIds.fastapi }).include({ createInvoice });
