/** Addresses, networks and interfaces against the answers of pydantic and Python's ipaddress. */
import { expect, test } from "vitest";
import { differing, table } from "../../test/rooms/pydantic-wire.ts";
import { canonicalIp } from "./ip.ts";
import { Refusal } from "./refusal.ts";

test("pydantic's answers", () => {
  expect(
    differing(table.ip, (input: string, isText: boolean, which: number) => {
      const kind = (["address", "network", "interface"] as const)[Math.floor(which / 3)]!;
      const version = ([4, 6, undefined] as const)[which % 3];
      const found = canonicalIp(isText ? input : BigInt(input.slice(4)), kind, version);
      const words = version === undefined ? "value is not a valid IPv4 or IPv6" : `Input is not a valid IPv${version}`;
      return found ?? new Refusal(`ip_${version === undefined ? "any" : `v${version}`}_${kind}`, `${words} ${kind}`);
    }),
  ).toEqual([]);
});

test.each([
  ["fe80::1%eth0", "fe80::1%eth0"],
  ["fe80::1%", undefined],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ["::ffff:1.2.3.4", "::ffff:102:304"],
  [":1::2", undefined],
  ["1::2:", undefined],
  ["1::2::3", undefined],
  ["\u0661.2.3.4", undefined],
  [":".repeat(100_000), undefined],
])("%.30s", (text, expected) => expect(canonicalIp(text, "address", undefined)).toBe(expected));
