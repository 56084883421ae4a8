// Answers that are sent as they come: events, JSON Lines and bodies.
import { App, event, events, get, header, jsonLines, router, signal, stream } from "apus";
import { z } from "zod";

const Price = z.object({ item: z.string(), price: z.number() }).meta({ id: "Price" });

const prices = [
  { item: "tea", price: 2.5, supplier: "not sent" },
  { item: "cake", price: 4, supplier: "not sent" },
  { item: "jam", price: 3, supplier: "not sent" },
];

// Server-Sent Events: what is yielded is the data of an event, event() says more.
const news = get(
  "/news",
  { input: { last_event_id: header(z.int().default(-1)), signal }, output: events(Price) },
  async function* ({ last_event_id, signal }) {
    yield event({ comment: "today's prices", retry: 5_000 });
    for (const [id, data] of prices.entries()) {
      if (signal.aborted) return; // the client left
      if (id > last_event_id) yield event({ data, id: String(id), event: "price" });
    }
  },
);

// JSON Lines: one value per line, each checked and filtered by the schema.
const exported = get("/export", { output: jsonLines(Price) }, function* () {
  yield* prices;
});

// A body of any type, piece by piece.
const csv = get("/prices.csv", { as: stream({ type: "text/csv" }) }, function* () {
  yield "item,price\n";
  for (const { item, price } of prices) yield `${item},${price}\n`;
});

// The same as a value, where the handler decides.
const download = get("/download", () => {
  const rows = prices.map(({ item }) => `${item}\n`);
  return stream({ type: "text/plain" })(rows, {
    headers: { "content-disposition": 'attachment; filename="items.txt"' },
  });
});

export const api = router({ news, exported, csv, download });
export const app = new App({ title: "Prices" }).include(api);
