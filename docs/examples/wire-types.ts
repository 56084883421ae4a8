// Types of the wire that zod lacks, exact in both directions.
import { App, post, router } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Event = z.object({
  at: types.datetime({ aware: true }), // text, with every microsecond; { as: "Date" } for a Date
  lasts: types.duration(), // seconds
  price: types.decimal({ maxDigits: 8, decimalPlaces: 2 }), // text: hand it to the decimal library you like
  page: types.httpUrl(), // checked and normalised
  attachment: types.base64().optional(), // a Uint8Array
  tags: types.set(z.string()).default(new Set()), // a Set, a list on the wire
});

const createEvent = post("/events", { input: { event: Event }, output: Event }, ({ event }) => event);

export const api = router({ createEvent });
export const app = new App({ title: "Wire types" }).include(api);
