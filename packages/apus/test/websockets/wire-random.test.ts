// 200 conversations, each another one: messages in pieces, both sides at once, ends of every kind at any moment.
import { expect, test, vi } from "vitest";
import { wire } from "../wire.ts";
import { accept, closing, frame, frames, handshake, serving, overBoth } from "./wire-server.ts";

/** The same numbers for the same seed, from 0 up to the limit. */
function random(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % limit;
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Message number `i`: its number, and a filling whose size is taken from it. */
const message = (i: number, size: number): string => `${i}:${"x".repeat(size)}`;
const numberOf = (content: string): number => Number(content.slice(0, content.indexOf(":")));
const countUp = (length: number): number[] => Array.from({ length }, (_, i) => i);

type Ending = "client closes" | "server closes" | "client resets" | "server cuts" | "client breaks the protocol";
const endings: readonly Ending[] = [
  "client closes",
  "server closes",
  "client resets",
  "server cuts",
  "client breaks the protocol",
];

/** The frames of a message, in one or more fragments with a ping between them, now and then. */
function framesOf(content: string, pick: (limit: number) => number): string {
  const cut = pick(content.length);
  switch (pick(4)) {
    case 0:
      return frame(1, content.slice(0, cut), { fin: false }) + frame(0, content.slice(cut));
    case 1:
      return frame(2, content.slice(0, cut), { fin: false }) + frame(9, "p") + frame(0, content.slice(cut));
    default:
      return frame(1 + pick(2), content);
  }
}

interface Talk {
  readonly received: number[];
  sent: number;
  begun: boolean;
  over: boolean;
  code?: number;
}

overBoth(() => {
  test("whatever happens, messages arrive in order, none twice, and both sides come to an end", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const failed = vi.spyOn(console, "error").mockImplementation(() => {});
    const talks = new Map<string, Talk>();
    const server = await serving(
      async ({ incoming }, upgrade) => {
        const talk = talks.get(incoming.target)!;
        talk.begun = true;
        const pick = random(Number(incoming.target.slice(1)) + 10_000);
        for (let i = pick(3); i > 0; i--) await turn();
        const channel = await accept(upgrade, { maxQueued: 1 + pick(5_000) }).catch(() => undefined);
        if (channel !== undefined) {
          const sending = (async () => {
            for (const most = pick(30); talk.sent < most; talk.sent++) {
              await channel.send(message(talk.sent, pick(20) === 0 ? 100_000 : pick(200))).catch(() => {});
              if (pick(3) === 0) await turn();
            }
            if (talk.sent === 0 || pick(2) === 0) return;
            if (endings[Number(incoming.target.slice(1)) % endings.length] === "server closes") channel.close(1000, "");
            if (endings[Number(incoming.target.slice(1)) % endings.length] === "server cuts") channel.cut();
          })();
          for (;;) {
            const arrival = await channel.receive();
            if (arrival.kind === "closed") break;
            talk.received.push(
              numberOf(String(typeof arrival.data === "string" ? arrival.data : Buffer.from(arrival.data))),
            );
            if (pick(4) === 0) await turn();
          }
          await sending;
          talk.code = (await channel.closed).code;
        }
        talk.over = true;
        return undefined;
      },
      { drainTimeout: 5_000 },
    );

    const converse = async (seed: number): Promise<void> => {
      const pick = random(seed);
      const ending = endings[seed % endings.length]!;
      const talk: Talk = { received: [], sent: 0, begun: false, over: false };
      talks.set(`/${seed}`, talk);
      const client = await wire(server);
      let bytes = handshake({}, `GET /${seed} HTTP/1.1`);
      const count = pick(30);
      for (let i = 0; i < count; i++) bytes += framesOf(message(i, pick(20) === 0 ? 70_000 : pick(200)), pick);
      if (ending === "client closes") bytes += frame(8, closing(1000));
      if (ending === "client breaks the protocol") bytes += frame(3, "?");
      while (bytes !== "" && !client.socket.destroyed) {
        const size = pick(3) === 0 ? 1 + pick(40) : 1 + pick(20_000);
        client.send(bytes.slice(0, size));
        bytes = bytes.slice(size);
        if (pick(2) === 0) await turn();
        if (ending === "client resets" && pick(6) === 0) client.socket.resetAndDestroy();
      }
      if (ending === "client resets") client.socket.resetAndDestroy();
      // The other ends may not have come: then this side leaves.
      else if (ending.startsWith("server")) client.send(frame(8, closing(1001)));
      const received = await client.closed;
      // A reset may have come before the handshake.
      if (ending !== "client resets") expect(talk.begun).toBe(true);
      await vi.waitFor(() => expect(talk.over, `${seed}: ${ending}`).toBe(talk.begun), 10_000);

      const seen = frames(received).filter(({ opcode }) => opcode === 1);
      const label = `conversation ${seed}: ${ending}`;
      expect(talk.received, label).toEqual(countUp(talk.received.length));
      expect(
        seen.map(({ content }) => numberOf(content)),
        label,
      ).toEqual(countUp(seen.length));
      // What stands before the end that the client itself wrote has arrived as a whole.
      if (ending === "client closes" || ending === "client breaks the protocol") {
        expect(talk.received, label).toEqual(countUp(count));
        expect(talk.code, label).toBe(ending === "client closes" ? 1000 : 1002);
      }
    };

    const seeds = countUp(200);
    // Ten at a time.
    await Promise.all(
      countUp(10).map(async () => {
        for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) await converse(seed);
      }),
    );
    expect(talks.size).toBe(200);
    await server.close();
    expect([...talks.values()].filter(({ begun, over }) => begun !== over)).toEqual([]);
    expect([warned.mock.calls, failed.mock.calls]).toEqual([[], []]);
    warned.mockRestore();
    failed.mockRestore();
  }, 60_000);
});
