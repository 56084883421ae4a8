// Frames as raw bytes: what is a message, what breaks the protocol and with which code the connection ends.
import { expect, test } from "vitest";
import {
  accept,
  closeCode,
  closing,
  echo,
  frame,
  frames,
  sees,
  serving,
  upgraded,
  type Channel,
  overBoth,
} from "./wire-server.ts";

type End = Awaited<Channel["closed"]>;

/** A server that echoes, and how each of its connections ended. */
async function echoing(maxMessageSize = 1000) {
  let end!: (end: End) => void;
  const ended = new Promise<End>((resolve) => (end = resolve));
  const server = await serving(async (_, upgrade) => {
    const channel = await accept(upgrade, { maxMessageSize });
    await echo(channel);
    end(await channel.closed);
    return undefined;
  });
  return { server, ended };
}

overBoth(() => {
  test.each([
    ["text", frame(1, "hello"), 1, "hello"],
    ["bytes", frame(2, "\0\xff\x80"), 2, "\0\xff\x80"],
    ["an empty text", frame(1), 1, ""],
    ["empty bytes", frame(2), 2, ""],
    ["three fragments", frame(1, "a", { fin: false }) + frame(0, "b", { fin: false }) + frame(0, "c"), 1, "abc"],
    ["empty fragments", frame(2, "", { fin: false }) + frame(0, "", { fin: false }) + frame(0, "x"), 2, "x"],
    ["a character cut in two by fragments", frame(1, "\xc3", { fin: false }) + frame(0, "\xa9"), 1, "\xc3\xa9"],
    ["a byte order mark, which is content", frame(1, "\xef\xbb\xbfx"), 1, "\xef\xbb\xbfx"],
    ["lengths of 126 and more", frame(2, "x".repeat(126)), 2, "x".repeat(126)],
    ["as much as is allowed", frame(2, "x".repeat(1000)), 2, "x".repeat(1000)],
    [
      "as much as is allowed, in fragments",
      frame(1, "x".repeat(500), { fin: false }) + frame(0, "y".repeat(500)),
      1,
      `${"x".repeat(500)}${"y".repeat(500)}`,
    ],
  ] as const)("%s", async (_, sent, opcode, content) => {
    const { server } = await echoing();
    const client = await upgraded(server, sent + frame(1, "end"));
    await sees(client, 1, "end");
    expect(frames(client.received())[0]).toEqual({ opcode, content });
  });

  test("a message that arrives byte by byte", async () => {
    const { server } = await echoing();
    const client = await upgraded(server);
    client.socket.setNoDelay();
    for (const byte of frame(1, "slowly") + frame(1, "on", { fin: false }) + frame(0, "ward")) client.send(byte);
    await client.until(/slowly[^]*onward/);
  });

  test("a masked message is unmasked", async () => {
    const { server } = await echoing();
    const mask = [0x12, 0xfe, 0x00, 0x7f];
    const content = [..."masked"].map((each, i) => String.fromCharCode(each.charCodeAt(0) ^ mask[i % 4]!)).join("");
    const client = await upgraded(server, String.fromCharCode(0x81, 0x86, ...mask) + content);
    await client.until(/masked/);
    expect(frames(client.received())).toEqual([{ opcode: 1, content: "masked" }]);
  });

  test("pings are answered with what they hold, also between fragments; pongs that nobody asked for are nothing", async () => {
    const { server } = await echoing();
    const sent = frame(10, "lone") + frame(1, "be", { fin: false }) + frame(9, "now") + frame(0, "tween");
    const client = await upgraded(server, sent);
    await client.until(/between/);
    expect(frames(client.received())).toEqual([
      { opcode: 10, content: "now" },
      { opcode: 1, content: "between" },
    ]);
  });

  test.each([
    ["no mask", frame(1, "a", { masked: false }), 1002],
    ["a reserved bit", frame(1, "a", { rsv: 1 }), 1002],
    ["the bit of compression, which was not agreed on", frame(1, "a", { rsv: 4 }), 1002],
    ["a reserved opcode", frame(3, "a"), 1002],
    ["a reserved control opcode", frame(11, "a"), 1002],
    ["a control frame in fragments", frame(9, "a", { fin: false }), 1002],
    ["a control frame that is too long", frame(9, "x".repeat(126)), 1002],
    ["a continuation of nothing", frame(0, "a"), 1002],
    ["a message within a message", frame(1, "a", { fin: false }) + frame(1, "b"), 1002],
    ["a close frame of one byte", frame(8, "\x03"), 1002],
    ["a close code that must not be sent", frame(8, closing(1005)), 1002],
    ["a close code out of range", frame(8, closing(999)), 1002],
    ["a close code of nobody", frame(8, closing(5000)), 1002],
    ["a close reason that is no UTF-8", frame(8, closing(1000, "\xff")), 1007],
    ["text that is no UTF-8", frame(1, "\xff"), 1007],
    ["a surrogate in UTF-8", frame(1, "\xed\xa0\x80"), 1007],
    ["text that ends within a character", frame(1, "\xc3"), 1007],
    ["one byte more than is allowed", frame(2, "x".repeat(1001)), 1009],
    ["one byte more in the last fragment", frame(2, "x".repeat(1000), { fin: false }) + frame(0, "x"), 1009],
    ["an announced terabyte", "\x82\xff\0\0\x01\0\0\0\0\0\0\0\0\0", 1009],
    ["an announced 2^63 bytes", "\x82\xff\x80\0\0\0\0\0\0\0\0\0\0\0", 1009],
    [
      "more fragments than any message has",
      frame(1, "", { fin: false }) + frame(0, "", { fin: false }).repeat(20_000),
      1008,
    ],
  ] as const)("%s ends the connection with its code", async (_, sent, code) => {
    const { server, ended } = await echoing();
    const client = await upgraded(server, sent + frame(1, "never read"));
    const received = await client.closed;
    expect(closeCode(received)).toBe(code);
    expect(frames(received).filter(({ opcode }) => opcode < 8)).toEqual([]);
    expect(await ended).toEqual({ kind: "closed", code, reason: "" });
  });

  test.each([
    ["a code and a reason", closing(1000, "done"), 1000, "done"],
    ["a code of its own", closing(4321, "\xc3\xa9"), 4321, "é"],
    ["no code", "", 1005, ""],
  ])("a client that closes with %s gets it back, and the server knows", async (_, content, code, reason) => {
    const { server, ended } = await echoing();
    const client = await upgraded(server, frame(1, "first") + frame(8, content));
    expect(frames(await client.closed).at(-1)).toEqual({ opcode: 8, content });
    expect(await ended).toEqual({ kind: "closed", code, reason });
  });

  test("a client that just leaves is 1006", async () => {
    const { server, ended } = await echoing();
    const client = await upgraded(server);
    client.socket.destroy();
    expect(await ended).toEqual({ kind: "closed", code: 1006, reason: "" });
  });
});
