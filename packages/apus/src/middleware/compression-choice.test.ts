import { expect, test } from "vitest";
import { chooseCoding, type ContentCoding } from "./compression-choice.ts";

const gzip: readonly ContentCoding[] = ["gzip"];
const both: readonly ContentCoding[] = ["br", "gzip"];

test.each<[accepted: string | null, offered: readonly ContentCoding[], chosen: ContentCoding | undefined]>([
  // What clients send.
  [null, gzip, undefined],
  ["", gzip, undefined],
  ["gzip", gzip, "gzip"],
  ["gzip, deflate", gzip, "gzip"],
  ["deflate, gzip, br, zstd", gzip, "gzip"],
  ["gzip, deflate, br, zstd", both, "br"],
  ["gzip, deflate, br, zstd", ["gzip", "br"], "gzip"],
  ["gzip;q=1.0,deflate;q=0.6,identity;q=0.3", gzip, "gzip"],
  ["gzip;q=1.0, identity; q=0.5, *;q=0", gzip, "gzip"],
  ["br;q=1.0, gzip;q=0.8, *;q=0.1", gzip, "gzip"],
  ["identity", gzip, undefined],
  ["identity;q=1, *;q=0", gzip, undefined],
  ["deflate, br", gzip, undefined],
  ["x-gzip", gzip, "gzip"],
  ["GZip", gzip, "gzip"],
  // Weights.
  ["gzip;q=0", gzip, undefined],
  ["gzip;q=0.000, deflate", gzip, undefined],
  ["gzip;q=0, *", gzip, undefined],
  ["gzip;q=0.001", gzip, "gzip"],
  ["gzip ;\tq = 0.5", gzip, "gzip"],
  ["gzip;q=0.5, br;q=0.4", both, "gzip"],
  ["gzip;q=0.5, br;q=0.5", both, "br"],
  ["gzip;q=0.5, identity", gzip, undefined],
  ["gzip, identity", gzip, "gzip"],
  // `*` names no coding.
  ["*", gzip, undefined],
  ["identity;q=0, *", gzip, "gzip"],
  ["identity;q=0, gzip;q=0, *", both, "br"],
  ["identity;q=0, *;q=0", gzip, undefined],
  ["*;q=0", gzip, undefined],
  // Nonsense counts for nothing.
  ["gzip;q=2", gzip, undefined],
  ["gzip;q=-1", gzip, undefined],
  ["gzip;q=0.1234", gzip, undefined],
  ["gzip;q=", gzip, undefined],
  ["gzip;q=yes", gzip, undefined],
  ["notgzip", gzip, undefined],
  ["gzip-but-not-really", gzip, undefined],
  [",,;;,", gzip, undefined],
  ["__proto__, constructor;q=1", gzip, undefined],
])("%j of %j is %s", (accepted, offered, chosen) => {
  expect(chooseCoding(accepted, offered)).toBe(chosen);
});
