/** The choice of a content coding against RFC 9110, section 12.5.3, by asking of each coding how much the client wants it. */
import { chooseCoding, type ContentCoding } from "../../../src/middleware/compression-choice.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";

interface Asked {
  readonly accepted: string;
  readonly offered: ContentCoding[];
}

const examples = [
  "gzip, deflate, br",
  "gzip;q=0.5, br;q=0.8",
  "*",
  "gzip;q=0",
  "identity;q=0, *",
  "identity;q=1, gzip;q=0.5",
  "x-gzip",
  "GZIP ; Q = 1",
  "br;q=1.0000",
  "gzip;q=2",
  "*;q=0",
  "gzip;level=9;q=0.1",
  "identity;q=0",
  "",
];
const tokens = [
  "gzip",
  "br",
  "x-gzip",
  "identity",
  "*",
  ";q=",
  ";",
  ",",
  " ",
  "0",
  "1",
  "0.5",
  "0.001",
  "1.0",
  "q",
  "=",
  "deflate",
];

/** How much a client wants each name that it names; the last mention counts. */
function wishes(accepted: string): Record<string, number> {
  const found: Record<string, number> = Object.create(null) as Record<string, number>;
  for (const member of accepted.split(",")) {
    const [coding = "", ...parameters] = member.split(";").map((each) => each.trim().toLowerCase());
    const own = parameters.find((each) => each.split("=")[0]!.trim() === "q" && each.includes("="));
    const said = own === undefined ? "1" : own.slice(own.indexOf("=") + 1).trim();
    const valid = ["0", "0.", "1", "1."].includes(said) || /^0\.[0-9]{1,3}$/.test(said) || /^1\.0{1,3}$/.test(said);
    if (coding !== "" && valid) found[coding === "x-gzip" ? "gzip" : coding] = Number.parseFloat(said);
  }
  return found;
}

export const encoding: Target<Asked, ContentCoding | undefined> = {
  name: "encoding",
  make: (random: Random) => ({
    accepted: random.written(examples, tokens),
    offered: random.pick([["br", "gzip"], ["gzip", "br"], ["gzip"], []] as ContentCoding[][]),
  }),
  read: ({ accepted, offered }) => chooseCoding(accepted, offered),
  judge({ accepted, offered }, found) {
    const wanted = wishes(accepted);
    const named = offered.filter((each) => (wanted[each] ?? 0) > 0);
    if (found === undefined) {
      // Nothing that was named is wanted at least as much as the bytes as they are.
      holds("a coding is wanted", !named.some((each) => wanted[each]! >= (wanted["identity"] ?? 0)));
      const only = wanted["identity"] === 0 && (wanted["*"] ?? 0) > 0 && offered.some((each) => !(each in wanted));
      holds("the bytes as they are were refused, and another coding is welcome", !only);
      return;
    }
    holds("it is one of the server's", offered.includes(found));
    holds("it was refused", wanted[found] !== 0);
    if (found in wanted) {
      const best = Math.max(...named.map((each) => wanted[each]!));
      same("the weight of the choice", wanted[found], best);
      same(
        "the server's preference between equals",
        found,
        named.find((each) => wanted[each] === best),
      );
      holds("the bytes as they are are wanted more", wanted[found]! >= (wanted["identity"] ?? 0));
    } else holds("a coding that was not named, although others do", wanted["identity"] === 0 && named.length === 0);
  },
  series: [
    (size) => ({ accepted: ",".repeat(size), offered: ["gzip"] }),
    (size) => ({ accepted: `gzip${";".repeat(size)}`, offered: ["gzip"] }),
    (size) => ({ accepted: `gzip;q${" ".repeat(size)}1`, offered: ["gzip"] }),
    (size) => ({ accepted: `gzip;q=0.${"1".repeat(size)}`, offered: ["gzip"] }),
  ],
};
