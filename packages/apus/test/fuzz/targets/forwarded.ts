/** What trusted proxies say, against uvicorn's rules and the addresses of `node:net`. */
import { BlockList, isIP } from "node:net";
import { compileTrustedProxies } from "../../../src/exchange/forwarded.ts";
import type { Incoming } from "../../../src/exchange/index.ts";
import { FuzzIncoming } from "../incoming.ts";
import type { Random } from "../random.ts";
import { same, type Target } from "../target.ts";

const trusts = [
  [],
  ["loopback", "10.0.0.0/8"],
  ["*"],
  ["fd00::/8", "192.0.2.1"],
  ["::/0"],
  ["0.0.0.0/0"],
  0,
  1,
  2,
  5,
] as const;
const readers = trusts.map((each) => compileTrustedProxies(each));
/** Two lists, since a network of IPv6, even ::/0, holds no address of IPv4 here. */
const lists = trusts.map((trust) => {
  const list = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const entry of typeof trust === "number" ? [] : trust) {
    if (entry === "*") continue;
    const networks = entry === "loopback" ? ["127.0.0.0/8", "::1/128"] : [entry];
    for (const network of networks) {
      const [address = "", prefix] = network.split("/");
      const family = isIP(address) === 4 ? "ipv4" : "ipv6";
      if (prefix === undefined) list[family].addAddress(address, family);
      else list[family].addSubnet(address, Number(prefix), family);
    }
  }
  return list;
});

interface Asked {
  readonly trust: number;
  readonly peer: string;
  readonly lines: string[];
  readonly schemes: string[];
}
type Said = Pick<Incoming, "scheme" | "client"> | undefined;

const addresses = ["10.0.0.1", "10.255.0.9", "192.0.2.1", "203.0.113.7", "127.0.0.1", "::1", "fd00::1", "2001:db8::1", "::ffff:10.0.0.1", "::ffff:203.0.113.7"]; // prettier-ignore
const examples = [
  "203.0.113.7, 10.0.0.1",
  "203.0.113.7:443, [2001:db8::1]:80",
  "unknown, 10.0.0.1",
  "evil, 10.0.0.1, 10.0.0.2",
  "[::1]",
  "[::ffff:10.0.0.1]:1",
  "010.0.0.1",
  "1.2.3.4:99999",
  "fe80::1%eth0",
  "::ffff:0a00:0001",
  "",
  ",",
  "1.2.3",
];
const tokens = [...addresses, ",", ", ", ":", "80", "[", "]", ".", "::", "unknown", " ", "0", "%eth0", "256"];

function asked(random: Random): Asked {
  return {
    trust: random.int(trusts.length),
    peer: random.oneIn(6) ? random.written(examples, tokens) : random.pick(addresses),
    lines: random.list(3, () => random.written(examples, tokens)),
    schemes: random.list(2, () =>
      random.pick(["https", "http", "wss", "ws", "HTTPS", " https ", "https,http", "", "ftp"]),
    ),
  };
}

/** An IPv6 address that stands for one of IPv4 is that one. */
function asIpv4(address: string): string | undefined {
  const groups = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(new URL(`http://[${address}]`).hostname);
  if (groups === null) return undefined;
  return groups
    .slice(1)
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
    .join(".");
}

interface Entry {
  readonly host: string;
  readonly port: number;
}

function entryByRule(text: string): Entry | undefined {
  const trimmed = text.trim();
  const found =
    /^\[([^[\]]*)\](?::(\d{1,5}))?$/.exec(trimmed) ??
    /^([^:]*)(?::(\d{1,5}))?$/.exec(trimmed) ??
    /^([^[\]]*)$/.exec(trimmed);
  if (found === null || found[1]!.includes("%")) return undefined;
  const host = found[1]!;
  const port = Number(found[2] ?? 0);
  const version = isIP(host);
  const bracketed = trimmed.startsWith("[");
  if (version === 0 || port > 65_535 || (version === 4 && bracketed)) return undefined;
  return { host: (version === 6 ? asIpv4(host) : undefined) ?? host, port };
}

function trusted(trust: number, host: string): boolean {
  const bare = host.split("%")[0]!;
  const version = isIP(bare);
  if (version === 0) return false;
  const address = (version === 6 ? asIpv4(bare) : undefined) ?? bare;
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  return lists[trust]![family].check(address, family);
}

function saidByRule({ trust, peer, lines, schemes }: Asked): Said {
  const config = trusts[trust]!;
  const everyone = typeof config !== "number" && (config as readonly string[]).includes("*");
  if (typeof config === "number" ? config === 0 : !everyone && !trusted(trust, peer)) return undefined;
  const scheme = { https: "https", wss: "https", http: "http", ws: "http" }[(schemes.at(-1) ?? "").trim()] ?? "http";
  const all = lines.join(",");
  const said = (client: Entry | undefined): Said => ({ scheme: scheme as "http", client: client ?? null });
  if (all.trim() === "") return said({ host: peer, port: 9 });
  const entries = all.split(",").map(entryByRule);
  if (typeof config === "number") return said(entries[entries.length - config]);
  if (everyone) return said(entries[0]);
  for (let i = entries.length - 1; i > 0; i--) {
    const entry = entries[i];
    if (entry === undefined || !trusted(trust, entry.host)) return said(entry);
  }
  return said(entries[0]);
}

export const forwarded: Target<Asked, Said> = {
  name: "forwarded",
  make: asked,
  read: ({ trust, peer, lines, schemes }) =>
    readers[trust]!(
      new FuzzIncoming(
        {
          method: "GET",
          target: "/",
          headers: [
            ...lines.flatMap((line) => ["x-forwarded-for", line]),
            ...schemes.flatMap((line) => ["x-forwarded-proto", line]),
          ],
        },
        { host: peer, port: 9 },
      ),
    ),
  judge: (input, said) => same("who asks", said, saidByRule(input)),
  series: [
    (size) => ({ trust: 1, peer: "10.0.0.1", lines: [",".repeat(size)], schemes: [] }),
    (size) => ({ trust: 1, peer: "10.0.0.1", lines: ["10.0.0.1,".repeat(size / 9)], schemes: [] }),
    (size) => ({ trust: 1, peer: "10.0.0.1", lines: [":".repeat(size)], schemes: [] }),
    (size) => ({ trust: 1, peer: "10.0.0.1", lines: ["1.".repeat(size / 2)], schemes: [] }),
    (size) => ({ trust: 1, peer: "10.0.0.1", lines: [`${" ".repeat(size)}x`], schemes: [" ".repeat(size)] }),
  ],
};
