// Answers that are sent as they come: events, JSON Lines and bodies.
import { App, event, events, get, header, HTTPException, jsonLines, path, router, signal, stream } from "apus";
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
  { input: { last_event_id: header(z.string().optional()), signal }, output: events(Price) },
  async function* ({ last_event_id, signal }) {
    yield event({ comment: "today's prices", retry: 5_000 });
    const seen = prices.findIndex((_, id) => String(id) === last_event_id); // -1: nothing yet
    for (const [id, data] of prices.entries()) {
      if (signal.aborted) return; // the client left
      if (id > seen) yield event({ data, id: String(id), event: "price" });
    }
  },
);

// JSON Lines: one value per line, each checked and filtered by the schema.
const exported = get("/export", { output: jsonLines(Price) }, function* () {
  yield* prices;
});

// What may be refused: a function that throws first, and then returns the generator.
const history = get(
  "/history/{item}",
  { input: { item: path(z.string()) }, output: jsonLines(Price) },
  async ({ item }) => {
    const found = prices.filter((each) => each.item === item); // in earnest from a database
    if (found.length === 0) throw new HTTPException(404, "No such item");
    return (function* () {
      yield* found;
    })();
  },
);

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

export const api = router({ news, exported, history, csv, download });
export const app = new App({ title: "Prices" }).include(api);
