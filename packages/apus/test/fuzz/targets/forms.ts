/** Urlencoded forms of any keys through the whole of an App, against the same rules as queries, and FastAPI's limits. */
import { App, form } from "apus";
import { z } from "zod";
import { exchangeOf } from "../incoming.ts";
import type { Random } from "../random.ts";
import { same, type Target } from "../target.ts";
import { decodeUtf8 } from "../unicode.ts";
import { pairsByRule, queryText } from "./query.ts";

interface Told {
  readonly status: number;
  readonly body: string;
}

const app = new App({ report: () => {}, docsUrl: null, redocUrl: null, openapiUrl: null, bodyLimit: 2 ** 21 });
app.post("/", { input: { all: form(z.looseObject({})) } }, ({ all }) => Object.entries(all));

const sent = (body: string) =>
  exchangeOf({ method: "POST", target: "/", headers: ["content-type", "application/x-www-form-urlencoded"], body });

export const forms: Target<string, Promise<Told>> = {
  name: "forms",
  cost: 4,
  make: (random: Random) =>
    // Now and then about as many fields, or as long ones, as there may be.
    random.oneIn(10_000)
      ? "a=1&".repeat(998 + random.int(5))
      : random.oneIn(10_000)
        ? `a=${"x".repeat(2 ** 20 - 4 + random.int(6))}`
        : Buffer.from(queryText(random)).toString("latin1"),
  async read(body) {
    const { status, body: said } = await app.handle(sent(body));
    return { status, body: String(said) };
  },
  judge(body, { status, body: said }) {
    const text = decodeUtf8([...Buffer.from(body, "latin1")]).replace(/^\ufeff/, "");
    const fields = text.split("&").filter((each) => each !== "");
    if (fields.length > 1000 || fields.some((each) => each.length > 2 ** 20))
      return same("beyond a limit", status, 400);
    const all = new Map<string, string[]>();
    const pairs = pairsByRule(text);
    for (let i = 0; i < pairs.length; i += 2) all.set(pairs[i]!, [...(all.get(pairs[i]!) ?? []), pairs[i + 1]!]);
    all.delete("__proto__");
    const expected = [...all].map(([name, values]) => [name, values.length > 1 ? values : values[0]]);
    const sorted = (entries: unknown[]): unknown[] => entries.map((each) => JSON.stringify(each)).toSorted();
    same("the form", [status, sorted(JSON.parse(said) as unknown[])], [200, sorted(expected)]);
  },
  series: [
    (size) => "&".repeat(size),
    (size) => "%".repeat(size),
    (size) => `a=${"+".repeat(size)}`,
    (size) => "a&".repeat(size / 2),
    (size) => "\u00ff".repeat(size),
  ],
};
