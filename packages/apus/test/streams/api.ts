/** Operations that stream, for what is asked of the typed client. */
import { App, event, events, get, httpError, jsonLines, router, stream } from "apus";
import { z } from "zod";

const Item = z.object({ name: z.string(), price: z.number() });
const NoFeed = httpError(404, "No such feed");

const waiting: (() => void)[] = [];
/** Tells when the next endless stream was closed. */
export const closings = { next: () => new Promise<void>((resolve) => void waiting.push(resolve)) };

export const api = router({
  items: get("/items", { output: jsonLines(Item) }, function* () {
    yield { name: "a", price: 1 };
    yield { name: "b", price: 2 };
  }),
  news: get("/news", { output: events(Item) }, async function* () {
    yield event({ comment: "begin" });
    yield event({ data: { name: "a", price: 1 }, event: "new", id: "7" });
    yield { name: "b", price: 2 };
  }),
  endless: get("/endless", { output: events(z.int()) }, async function* () {
    try {
      for (let i = 0; ; i++) yield i;
    } finally {
      waiting.shift()?.();
    }
  }),
  slow: get("/slow", { output: jsonLines() }, async function* () {
    yield 1;
    yield 2;
  }),
  broken: get("/broken", { output: jsonLines(z.int()) }, async function* () {
    yield 1;
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error("boom");
  }),
  logo: get("/logo", { as: stream({ type: "image/png" }) }, function* () {
    yield "lo";
    yield new Uint8Array([0x67, 0x6f]);
  }),
  guarded: get("/guarded", { input: { n: z.int() }, errors: [NoFeed], output: events() }, () => {
    throw new NoFeed();
  }),
});

export const streaming = (): App => new App({ report: () => {} }).include(api);
