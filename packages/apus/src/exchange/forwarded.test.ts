import { describe, expect, test } from "vitest";
import { compileTrustedProxies } from "./forwarded.ts";
import type { Incoming, TrustedProxies } from "./incoming.ts";
import { WebIncoming } from "./web.ts";

/** A request of a peer, with these lines of X-Forwarded-For and X-Forwarded-Proto. */
function asked(peer: string | null, sent: readonly string[], protos: readonly string[] = []): Incoming {
  const incoming = new WebIncoming(new Request("http://a/"));
  const lines: Readonly<Record<string, readonly string[]>> = { "x-forwarded-for": sent, "x-forwarded-proto": protos };
  return Object.assign(Object.create(incoming) as Incoming, {
    client: peer === null ? null : { host: peer, port: 5000 },
    scheme: "http",
    headerLines: (name: string) => lines[name] ?? [],
  });
}

function clientBy(trusted: TrustedProxies, peer: string | null, ...lines: string[]): string | null | undefined {
  const found = compileTrustedProxies(trusted)(asked(peer, lines));
  if (found === undefined) return undefined;
  return found.client === null ? null : `${found.client.host} ${found.client.port}`;
}

const inside = ["10.0.0.0/8", "loopback"];

describe("who is believed", () => {
  test.each<[string, TrustedProxies, string | null, boolean]>([
    ["nobody by an empty list", [], "127.0.0.1", false],
    ["nobody by 0 hops", 0, "127.0.0.1", false],
    ["a listed address", ["192.0.2.1"], "192.0.2.1", true],
    ["not its neighbour", ["192.0.2.1"], "192.0.2.2", false],
    ["not a longer text that begins alike", ["192.0.2.1"], "192.0.2.10", false],
    ["an address in a network", ["10.0.0.0/8"], "10.255.0.1", true],
    ["not one outside it", ["10.0.0.0/8"], "11.0.0.1", false],
    ["a prefix inside an octet", ["172.16.0.0/12"], "172.31.255.255", true],
    ["not one beyond that prefix", ["172.16.0.0/12"], "172.32.0.0", false],
    ["IPv4 in a mapped form, which dual-stack sockets show", ["10.0.0.0/8"], "::ffff:10.1.2.3", true],
    ["the same with hexadecimal groups", ["10.0.0.0/8"], "::FFFF:0a01:0203", true],
    ["IPv4 where the list has the mapped form", ["::ffff:10.0.0.0/104"], "10.1.2.3", true],
    ["loopback of IPv4", ["loopback"], "127.8.9.1", true],
    ["loopback of IPv6", ["loopback"], "::1", true],
    ["IPv6 however it is written", ["2001:db8:0:0::1"], "2001:DB8::0:1", true],
    ["a network of IPv6", ["2001:db8::/33"], "2001:db8:7fff::1", true],
    ["not beyond it", ["2001:db8::/33"], "2001:db8:8000::1", false],
    ["a link-local peer with its interface", ["fe80::/10"], "fe80::1%eth0", true],
    ["not IPv4 by all of IPv6", ["::/0"], "192.0.2.1", false],
    ["all of IPv4 when said", ["0.0.0.0/0"], "192.0.2.1", true],
    ["everyone", ["*"], "192.0.2.1", true],
    ["everyone, even without an address", ["*"], null, true],
    ["no peer without an address by a list", ["0.0.0.0/0", "::/0"], null, false],
    ["any peer by hops", 1, "192.0.2.1", true],
  ])("%s", (_, trusted, peer, believed) => {
    const scheme = compileTrustedProxies(trusted)(asked(peer, [], ["https"]))?.scheme;
    expect(scheme).toBe(believed ? "https" : undefined);
  });
});

describe("the client", () => {
  test.each<[string, TrustedProxies, string | null, string[], string | null | undefined]>([
    ["is the peer that is not trusted, whatever it says", inside, "192.0.2.9", ["1.1.1.1"], undefined],
    ["is the peer where a proxy says nothing", inside, "10.0.0.1", [], "10.0.0.1 5000"],
    ["is the peer where the header is empty", inside, "10.0.0.1", [" "], "10.0.0.1 5000"],
    ["is the address a proxy gives", inside, "10.0.0.1", ["192.0.2.1"], "192.0.2.1 0"],
    ["is the right-most that is not trusted", inside, "10.0.0.1", ["6.6.6.6, 192.0.2.1, 10.0.0.2"], "192.0.2.1 0"],
    ["over several lines", inside, "10.0.0.1", ["6.6.6.6", "192.0.2.1", "10.0.0.2"], "192.0.2.1 0"],
    ["is the first where all are trusted", inside, "10.0.0.1", ["10.0.0.3, 127.0.0.1"], "10.0.0.3 0"],
    ["is left of a mapped proxy", inside, "::1", ["192.0.2.1, ::ffff:10.0.0.2"], "192.0.2.1 0"],
    ["has its port", inside, "::1", ["192.0.2.1:4711"], "192.0.2.1 4711"],
    ["is trusted with a port, too", inside, "::1", ["192.0.2.1, 10.0.0.2:80"], "192.0.2.1 0"],
    ["is IPv6", inside, "::1", ["2001:db8::7"], "2001:db8::7 0"],
    ["is IPv6 in brackets", inside, "::1", ["[2001:db8::7]"], "2001:db8::7 0"],
    ["is IPv6 with a port", inside, "::1", ["[2001:db8::7]:443"], "2001:db8::7 443"],
    ["is IPv4, not its mapped form", inside, "::1", ["::ffff:192.0.2.1"], "192.0.2.1 0"],
    ["is the first by everyone's word", ["*"], "192.0.2.9", ["192.0.2.1, 10.0.0.2"], "192.0.2.1 0"],
    ["is the right-most by one hop", 1, "10.0.0.1", ["6.6.6.6, 192.0.2.1"], "192.0.2.1 0"],
    ["is the second from the right by two hops", 2, "10.0.0.1", ["6.6.6.6, 192.0.2.1, 10.0.0.2"], "192.0.2.1 0"],
    ["is nobody where hops are missing", 2, "10.0.0.1", ["192.0.2.1"], null],
    ["is nobody where more hops are counted than a number can", 2 ** 53 - 1, "10.0.0.1", ["192.0.2.1"], null],
  ])("%s", (_, trusted, peer, lines, expected) => {
    expect(clientBy(trusted, peer, ...lines)).toBe(expected);
  });

  test.each([
    "unknown",
    "_hidden",
    "",
    "192.0.2",
    "192.0.2.256",
    "192.0.2.01",
    "0x7f.1",
    "192.0.2.1:",
    "192.0.2.1:x",
    "192.0.2.1:65536",
    "192.0.2.1:-1",
    "[192.0.2.1]",
    "[2001:db8::7",
    "[2001:db8::7]x",
    "[2001:db8::7]:",
    "2001:db8::7::1",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8:9",
    "2001:db8::12345",
    "fe80::1%eth0",
    "192.0.2.1 x",
    "<script>",
    `${"1".repeat(10_000)}.1.1.1`,
  ])("is nobody where the entry is %j", (entry) => {
    expect(clientBy(inside, "10.0.0.1", `192.0.2.1, ${entry}`)).toBe(null);
    expect(clientBy(inside, "10.0.0.1", `192.0.2.1, ${entry}, 10.0.0.2`)).toBe(null);
    expect(clientBy(1, "10.0.0.1", `192.0.2.1, ${entry}`)).toBe(null);
    expect(clientBy(["*"], "10.0.0.1", `${entry}, 192.0.2.1`)).toBe(null);
  });

  test("is found in time that grows with the header, not with its square", () => {
    const lines = Array.from({ length: 200_000 }, () => "10.0.0.2").join(",");
    expect(clientBy(inside, "10.0.0.1", `192.0.2.1,${lines}`)).toBe("192.0.2.1 0");
  });
});

test.each([
  [["https"], "https"],
  [["http"], "http"],
  [["wss"], "https"],
  [["ws"], "http"],
  [[" https "], "https"],
  [["https", "http"], "http"],
  [["http", "https"], "https"],
  [["https, http"], "http"],
  [["HTTPS"], "http"],
  [["javascript"], "http"],
  [[""], "http"],
  [[], "http"],
])("X-Forwarded-Proto: %j is %s", (lines, scheme) => {
  expect(compileTrustedProxies(["loopback"])(asked("127.0.0.1", [], lines))?.scheme).toBe(scheme);
});

test.each<[unknown, RegExp]>([
  [-1, /-1 is no number of proxies/],
  [1.5, /1\.5 is no number/],
  [Number.NaN, /NaN is no number/],
  [Infinity, /Infinity is no number/],
  ["10.0.0.0/8", /neither a list nor a number/],
  [null, /neither a list nor a number/],
  [["10.0.0.1/8"], /"10\.0\.0\.1\/8" is no address .*without bits beyond the prefix/],
  [["10.0.0.0/33"], /"10\.0\.0\.0\/33"/],
  [["10.0.0.0/"], /"10\.0\.0\.0\/"/],
  [["10.0.0.0/8/8"], /"10\.0\.0\.0\/8\/8"/],
  [["::/129"], /"::\/129"/],
  [["example.com"], /"example\.com"/],
  [["127.0.0.1, ::1"], /"127\.0\.0\.1, ::1"/],
  [["loopback", ""], /"" is no address/],
  [["127.1"], /"127\.1"/],
  [[8], /8 is no address/],
  [[undefined], /undefined is no address/],
])("%j is refused at the start", (value, message) => {
  const compile = () => compileTrustedProxies(value as TrustedProxies);
  expect(compile).toThrow(message);
  expect(compile).toThrow(expect.objectContaining({ code: "APUS_TRUSTED_PROXIES" }));
});
