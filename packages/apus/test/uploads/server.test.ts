/** Uploads and streams over real connections: clients that are slow, stop, leave or send too much, and what is left behind. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, background, body, depends, post, request, type Upload } from "apus";
import type { Serving } from "apus/server";
import { types } from "apus/types";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { gate, reports } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const part = (content: string, name = "f"): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.txt"\r\n\r\n${content}\r\n`;
const large = "x".repeat(2 * 1024 * 1024);
const headOf = (path: string, length: number): string[] => [
  `POST ${path} HTTP/1.1`,
  "Host: a",
  "Content-Type: multipart/form-data; boundary=b",
  `Content-Length: ${length}`,
  "",
  "",
];

async function serving(app: App): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server;
}

/** Where temporary files lie: one folder for the process, known by a file of a size that no other test sends. */
let folder: string;
beforeAll(async () => {
  const content = "x".repeat(1_500_000 + Math.floor(Math.random() * 500_000));
  const isOurs = (path: string): boolean =>
    readdirSync(path).some((name) => statSync(join(path, name), { throwIfNoEntry: false })?.size === content.length);
  const app = new App().include({
    up: post("/", { input: { f: types.upload() } }, () => {
      const folders = readdirSync(tmpdir()).filter((name) => name.startsWith("apus-uploads-"));
      folder = folders.map((name) => join(tmpdir(), name)).find(isOurs)!;
    }),
  });
  const server = await serve(app, { port: 0, signals: false });
  await send(server, "/", `${part(content)}--b--`);
  await server.close();
});
const left = (): string[] => readdirSync(folder);
const nothingLeft = (): Promise<void> => vi.waitFor(() => expect(left()).toEqual([]));

function send(server: Serving, path: string, content: string): Promise<Response> {
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  return fetch(server.url + path, { method: "POST", headers, body: content });
}

test("a large file is in a folder that is only ours, until background tasks and request-scoped clean-ups have run", async () => {
  const read: (string | number)[] = [];
  const kept = depends(async function* () {
    const box: { file?: Upload } = {};
    yield box;
    read.push("clean-up", (await box.file!.text()).length);
  });
  const app = new App().include({
    up: post("/", { input: { f: types.upload(), kept, background } }, ({ f, kept, background }) => {
      kept.file = f;
      background.add(async () => void read.push("task", (await f.text()).length));
      const [name] = left();
      return [statSync(folder).mode & 0o777, statSync(join(folder, name!)).mode & 0o777, left().length];
    }),
  });
  const server = await serving(app);
  expect(await (await send(server, "/", `${part(large)}--b--`)).json()).toEqual([0o700, 0o600, 1]);
  await nothingLeft();
  expect(read).toEqual(["task", large.length, "clean-up", large.length]);
});

test.each<[string, (app: App) => void, string, number]>([
  [
    "the handler fails",
    (app) => app.post("/", { input: { f: types.upload() } }, () => Promise.reject(new Error("no"))),
    "",
    500,
  ],
  ["something else is invalid", (app) => app.post("/", { input: { f: types.upload(), n: z.int() } }, () => 1), "", 422],
  [
    "the form turns out to be none",
    (app) => app.post("/", { input: { f: types.upload() } }, () => 1),
    "--b\r\nnonsense\r\n",
    400,
  ],
  [
    "a limit is exceeded",
    (app) => app.post("/", { formLimits: { maxFiles: 1 }, input: { f: types.upload() } }, () => 1),
    part("y"),
    400,
  ],
  [
    "the time is up",
    (app) =>
      app.post(
        "/",
        { timeout: 300, input: { f: types.upload(), request } },
        ({ request }) => new Promise((resolve) => request.signal.addEventListener("abort", () => resolve(1))),
      ),
    "",
    503,
  ],
])("nothing is left when %s", async (_, declare, more, status) => {
  const app = new App({ report: () => {} });
  declare(app);
  const server = await serving(app);
  expect((await send(server, "/", `${part(large)}${more}--b--`)).status).toBe(status);
  await nothingLeft();
});

test("nothing is left when the client leaves in the middle of a file", async () => {
  const { found, report } = reports();
  const app = new App({ report }).include({ up: post("/", { input: { f: types.upload() } }, () => 1) });
  const server = await serving(app);
  const client = await wire(server);
  client.send(...headOf("/", 10_000_000), part(large));
  await vi.waitFor(() => expect(left()).toHaveLength(1));
  client.socket.destroy();
  await nothingLeft();
  expect(found).toEqual([]);
});

test("a client that stops sending is answered 408, however much came before", async () => {
  const app = new App({ bodyTimeout: 300 }).include({
    up: post("/up", { input: { f: types.upload() } }, () => 1),
    stream: post("/stream", { input: { s: body(types.stream()) } }, async ({ s }) => {
      for await (const _ of s);
    }),
    caught: post("/caught", { input: { s: body(types.stream()) } }, async ({ s }) => {
      try {
        for await (const _ of s);
        return "whole";
      } catch (error) {
        return (error as Error).name;
      }
    }),
  });
  const server = await serving(app);
  for (const [path, status] of [
    ["/up", 408],
    ["/stream", 408],
    ["/caught", 200],
  ] as const) {
    const client = await wire(server);
    client.send(...headOf(path, 10_000_000), part(large));
    const received = await client.closed;
    expect([path, ...statuses(received)]).toEqual([path, status]);
    if (status === 200) expect(received).toContain("BodyTimeoutError");
  }
  await nothingLeft();
});

test("a body that was given up does not stand in the way of the connection's next request", async () => {
  const app = new App().include({
    first: post("/", { input: { s: body(types.stream()) } }, async ({ s }) => {
      for await (const piece of s) return piece.byteLength > 0;
      return false;
    }),
    unread: post("/unread", { input: { s: body(types.stream()) } }, () => "unread"),
  });
  const server = await serving(app);
  const client = await wire(server);
  const content = "x".repeat(60_000);
  for (const [path, answer] of [
    ["/", "true"],
    ["/unread", '"unread"'],
    ["/", "true"],
  ] as const) {
    const before = client.received().length;
    client.send(`POST ${path} HTTP/1.1`, "Host: a", `Content-Length: ${content.length}`, "", content);
    await vi.waitFor(() => expect(client.received().slice(before)).toContain(`\r\n\r\n${answer}`));
  }
  // More than is worth reading: the answer arrives, and the connection ends.
  const other = await wire(server);
  other.send("POST / HTTP/1.1", "Host: a", "Content-Length: 10000000", "", "x");
  expect(await other.closed).toMatch(/connection: close[^]*\r\n\r\ntrue$/i);
});

test("a client that waits to be asked is asked when the handler reads, and not before", async () => {
  const [asked, read] = [gate(), gate()];
  const app = new App().include({
    stream: post("/", { input: { s: body(types.stream()) } }, async ({ s }) => {
      asked.open();
      await read.opened;
      let size = 0;
      for await (const piece of s) size += piece.byteLength;
      return size;
    }),
  });
  const server = await serving(app);
  const client = await wire(server);
  client.send("POST / HTTP/1.1", "Host: a", "Expect: 100-continue", "Content-Length: 3", "", "");
  await asked.opened;
  expect(client.received()).toBe("");
  read.open();
  await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
  client.send("abc");
  await client.until(/\r\n\r\n3$/);
});

test("a client that announces too much is answered 413 without being asked for it, however the body is read", async () => {
  const app = new App({ bodyLimit: 3 }).include({
    upload: post("/upload", { input: { f: types.upload() } }, () => 1),
    stream: post("/stream", { input: { s: body(types.stream()) } }, async ({ s }) => {
      for await (const _ of s);
    }),
    request: post("/request", { input: { request } }, async ({ request }) => {
      for await (const _ of request.stream());
    }),
  });
  const server = await serving(app);
  for (const path of ["/upload", "/stream", "/request"]) {
    const client = await wire(server);
    const [method, ...headers] = headOf(path, 4).slice(0, -2);
    client.send(method!, ...headers, "Expect: 100-continue", "", "");
    expect([path, ...statuses(await client.closed)]).toEqual([path, 413]);
  }
});

test("a file that is read when its request is over says so", async () => {
  const files: Upload[] = [];
  const app = new App().include({ up: post("/", { input: { f: types.upload() } }, ({ f }) => files.push(f)) });
  const server = await serving(app);
  expect((await send(server, "/", `${part(large)}--b--`)).status).toBe(200);
  await nothingLeft();
  const file = files[0]!;
  for (const read of [file.text(), file.arrayBuffer(), file.bytes(), file.save(join(folder, "kept"))]) {
    await expect(read).rejects.toThrow('APUS_FILE: the upload "f.txt" can no longer be read');
  }
  expect(left()).toEqual([]);
});

test("who does not wait for save() does not end the process when it fails", async () => {
  const unhandled = vi.fn<(reason: unknown) => void>();
  process.on("unhandledRejection", unhandled);
  onTestFinished(() => void process.off("unhandledRejection", unhandled));
  const saves: Promise<void>[] = [];
  const app = new App().include({
    up: post("/", { input: { f: types.upload() } }, ({ f }) => {
      saves.push(f.save("/no/such/folder/x"), f.save("/no/such/folder/x", { overWrite: true } as object));
      return 1;
    }),
  });
  const server = await serving(app);
  expect((await send(server, "/", `${part("x")}--b--`)).status).toBe(200);
  // A rejection is told to nobody only once everything that was queued has run.
  await vi.waitFor(() => expect(saves).toHaveLength(2));
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).not.toHaveBeenCalled();
  await expect(saves[0]).rejects.toMatchObject({ code: "ENOENT" });
  await expect(saves[1]).rejects.toThrow(
    "APUS_OPTIONS: upload.save(): there is no option `overWrite`; did you mean `overwrite`?",
  );
});

test("the client is read no faster than the handler takes", async () => {
  const [begun, proceed] = [gate(), gate()];
  const app = new App({ bodyLimit: 1e9 }).include({
    stream: post("/", { input: { s: body(types.stream()) } }, async ({ s }) => {
      let size = 0;
      for await (const piece of s) {
        if (size === 0) {
          begun.open();
          await proceed.opened;
        }
        size += piece.byteLength;
      }
      return size;
    }),
  });
  const server = await serving(app);
  const client = await wire(server);
  const total = 64 * 1024 * 1024;
  client.send("POST / HTTP/1.1", "Host: a", `Content-Length: ${total}`, "", "");
  client.socket.write(Buffer.alloc(total));
  await begun.opened;
  // Time enough for all of it to arrive, if anybody read it.
  for (let i = 0; i < 20; i++) await (await fetch(`${server.url}/nowhere`)).text();
  // What the systems at both ends keep is far less than this.
  expect(client.socket.writableLength).toBeGreaterThan(total / 4);
  proceed.open();
  await client.until(new RegExp(`\\r\\n\\r\\n${total}$`));
});

test("an answer may be made of the body while it arrives", async () => {
  const app = new App().include({
    echo: post("/", { input: { s: body(types.stream()) } }, ({ s }) => {
      const iterator = s[Symbol.asyncIterator]();
      return new Response(
        new ReadableStream({
          async pull(controller) {
            const { done, value } = await iterator.next();
            if (done === true) controller.close();
            else controller.enqueue(value);
          },
        }),
      );
    }),
  });
  const server = await serving(app);
  const response = await fetch(server.url, { method: "POST", body: large });
  expect((await response.text()).length).toBe(large.length);
});

test("a closing server interrupts a body that does not end", async () => {
  const [begun, thrown] = [gate(), gate<string>()];
  const app = new App({ report: () => {} }).include({
    stream: post("/", { input: { s: body(types.stream()) } }, async ({ s }) => {
      try {
        for await (const _ of s) begun.open();
      } catch (error) {
        thrown.open((error as Error).name);
        throw error;
      }
    }),
  });
  const server = await serve(app, { port: 0, signals: false, drainTimeout: 1 });
  const client = await wire(server);
  client.send("POST / HTTP/1.1", "Host: a", "Content-Length: 100", "", "x");
  await begun.opened;
  const closing = server.close();
  expect(await thrown.opened).toBe("InterruptedError");
  expect(statuses(await client.closed)).toEqual([503]);
  await closing;
});

test("saving: large and small, never over a file that is there unless it is said", async () => {
  const place = await mkdtemp(join(tmpdir(), "apus-saved-"));
  onTestFinished(() => rm(place, { recursive: true }));
  const app = new App({ report: () => {} }).include({
    save: post(
      "/",
      { input: { f: types.upload(), name: z.string(), overwrite: z.boolean().optional() } },
      async ({ f, name, overwrite }) => {
        await f.save(join(place, name), { overwrite });
        return f.size;
      },
    ),
  });
  const server = await serving(app);
  for (const [name, content] of [
    ["small", "abc"],
    ["large", large],
  ] as const) {
    expect(await (await send(server, `/?name=${name}`, `${part(content)}--b--`)).json()).toBe(content.length);
    expect(readFileSync(join(place, name), "utf8")).toBe(content);
    expect(statSync(join(place, name)).mode & 0o777).toBe(0o666 & ~process.umask());
  }
  await writeFile(join(place, "there"), "old");
  expect((await send(server, "/?name=there", `${part("new")}--b--`)).status).toBe(500);
  expect(readFileSync(join(place, "there"), "utf8")).toBe("old");
  expect((await send(server, "/?name=there&overwrite=true", `${part("new")}--b--`)).status).toBe(200);
  expect(readFileSync(join(place, "there"), "utf8")).toBe("new");
  expect(readdirSync(place).sort()).toEqual(["large", "small", "there"]);
  await nothingLeft();
});
