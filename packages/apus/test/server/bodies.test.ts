// Bodies as they come over a connection: in one piece with the headers, in many, before and after anybody wants them.
import { App, body, depends, post, request } from "apus";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { serve } from "../serve.ts";
import { statuses, wire, type Wire } from "../wire.ts";

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

/** Waits before the body is asked for. */
const slowGuard = depends(async () => {
  await turn();
  await turn();
  return "in";
});

const Item = z.object({ name: z.string(), tags: z.array(z.string()).default([]) });

const app = (): App =>
  new App({ bodyLimit: 100_000 }).include({
    plain: post("/plain", { input: { item: Item } }, ({ item }) => `plain ${item.name} ${item.tags.length}`),
    guarded: post(
      "/guarded",
      { input: { item: Item }, dependencies: [slowGuard] },
      ({ item }) => `guarded ${item.name} ${item.tags.length}`,
    ),
    twice: post("/twice", { input: { item: Item, request } }, async ({ item, request }) => {
      const again = (await request.json()) as typeof item;
      let streamed = 0;
      for await (const piece of request.stream()) streamed += piece.byteLength;
      return `twice ${item.name} ${again.tags.length} ${(await request.bytes()).byteLength === streamed}`;
    }),
    late: post("/late", { input: { request } }, async ({ request }) => {
      await turn();
      await turn();
      const { name, tags } = (await request.json()) as z.output<typeof Item>;
      return `late ${name} ${tags.length}`;
    }),
    unread: post("/unread", () => "unread"),
  });

async function connected(): Promise<Wire> {
  const server = await serve(app(), { port: 0, signals: false });
  onTestFinished(() => server.close());
  return wire(server);
}

const text = JSON.stringify({ name: "grün", tags: Array.from({ length: 300 }, (_, i) => `tag ${i}`) });
const bytes = Buffer.from(text);
const head = (path: string, ...more: string[]): string =>
  ["POST " + path + " HTTP/1.1", "Host: a", "Content-Type: application/json", ...more, "", ""].join("\r\n");
const withLength = (path: string): string => head(path, `Content-Length: ${bytes.length}`);

/** How the same request may come: what is written, piece by piece. */
const ways: Record<string, (path: string) => Buffer[]> = {
  "together with its headers": (path) => [Buffer.concat([Buffer.from(withLength(path)), bytes])],
  "behind its headers": (path) => [Buffer.from(withLength(path)), bytes],
  "in three pieces": (path) => [
    Buffer.concat([Buffer.from(withLength(path)), bytes.subarray(0, 10)]),
    bytes.subarray(10, 1_000),
    bytes.subarray(1_000),
  ],
  "cut within a character": (path) => {
    const cut = bytes.indexOf(0xc3) + 1;
    return [Buffer.from(withLength(path)), bytes.subarray(0, cut), bytes.subarray(cut)];
  },
  "in chunks": (path) => [
    Buffer.concat([
      Buffer.from(head(path, "Transfer-Encoding: chunked")),
      ...[bytes.subarray(0, 7), bytes.subarray(7, 8), bytes.subarray(8)].map((each) =>
        Buffer.concat([Buffer.from(`${each.length.toString(16)}\r\n`), each, Buffer.from("\r\n")]),
      ),
      Buffer.from("0\r\n\r\n"),
    ]),
  ],
  "in chunks of one byte": (path) => [
    Buffer.from(head(path, "Transfer-Encoding: chunked")),
    Buffer.concat([...bytes].map((each) => Buffer.from([0x31, 13, 10, each, 13, 10]))),
    Buffer.from("0\r\n\r\n"),
  ],
};

const answers = {
  "/plain": "plain grün 300",
  "/guarded": "guarded grün 300",
  "/twice": "twice grün 300 true",
  "/late": "late grün 300",
  "/unread": "unread",
};

// What was sent in chunks and not read has no end that is known beforehand, so that its connection ends.
const goOn = Object.entries(answers).flatMap(([path, answer]) =>
  Object.keys(ways)
    .filter((way) => path !== "/unread" || !way.includes("chunks"))
    .map((way) => [path, way, answer]),
);

test.each(goOn)("%s, %s; the connection goes on", async (path, way, answer) => {
  const client = await connected();
  for (const piece of ways[way]!(path)) {
    client.socket.write(piece);
    await turn();
  }
  const encoded = Buffer.from(JSON.stringify(answer)).toString("latin1");
  await client.until(new RegExp(`${encoded}$`));
  client.socket.write(Buffer.concat([Buffer.from(withLength("/plain")), bytes]));
  await client.until(/(?:HTTP[^]*){2}"plain gr\u00c3\u00bcn 300"$/);
  expect(statuses(client.received())).toEqual([200, 200]);
});

test("many at once on one connection, with and without a body, in their order", async () => {
  const client = await connected();
  const paths = ["/plain", "/guarded", "/unread", "/late", "/plain", "/twice", "/plain"] as const;
  client.socket.write(Buffer.concat(paths.flatMap((path) => [Buffer.from(withLength(path)), bytes])));
  await client.until(/(?:HTTP[^]*?){7}"plain gr\u00c3\u00bcn 300"$/);
  const found = [...client.received().matchAll(/\r\n\r\n"(\w+) ?/g)].map(([, word]) => `/${word}`);
  expect(found).toEqual(paths);
});

test.each(["/plain", "/guarded", "/late"])("%s: more than is allowed, in chunks, is refused and ends", async (path) => {
  const client = await connected();
  client.socket.write(head(path, "Transfer-Encoding: chunked"));
  const piece = Buffer.alloc(10_000, "x");
  for (let i = 0; i < 11; i++) {
    client.socket.write(Buffer.concat([Buffer.from("2710\r\n"), piece, Buffer.from("\r\n")]));
    await turn();
  }
  const received = await client.closed;
  expect(statuses(received)).toEqual([413]);
  expect(received).toMatch(/connection: close/i);
});

test.each(["/plain", "/guarded", "/late"])("%s: a client that leaves amid its body is no failure", async (path) => {
  const ended: unknown[] = [];
  const server = await serve(app(), { port: 0, signals: false });
  onTestFinished(() => server.close());
  const listener = (reason: unknown): void => void ended.push(reason);
  process.on("unhandledRejection", listener);
  onTestFinished(() => void process.off("unhandledRejection", listener));
  const client = await wire(server);
  client.socket.write(Buffer.concat([Buffer.from(withLength(path)), bytes.subarray(0, 100)]));
  await turn();
  client.socket.destroy();
  await turn();
  const other = await wire(server);
  other.socket.write(Buffer.concat([Buffer.from(withLength("/plain")), bytes]));
  await other.until(/"plain gr\u00c3\u00bcn 300"$/);
  expect(ended).toEqual([]);
});

test("a body that a dependency and the operation want is one", async () => {
  const shared = depends({ item: body(Item) }, ({ item }) => item.name);
  const one = new App().include({
    both: post("/", { input: { shared, item: body(Item) } }, ({ shared, item }) => [shared, item.tags.length]),
  });
  const server = await serve(one, { port: 0, signals: false });
  onTestFinished(() => server.close());
  const headers = { "content-type": "application/json" };
  const answer = await fetch(server.url, { method: "POST", body: text, headers });
  expect(await answer.json()).toEqual(["grün", 300]);
});
