// Files on their way: read as they are taken, closed whatever happens, and as long as was announced.
import { appendFileSync, truncateSync, utimesSync } from "node:fs";
import { get as httpGet, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { App, background, depends, sendFile } from "apus";
import type { Serving } from "apus/server";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test } from "vitest";
import { gate, reports, scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";
import { folderWith, modified, watchedHost, type Watched } from "./folder.ts";

const chunk = 64 * 1024;
const MiB = 1024 * 1024;

/** A file of zeros that takes no room on the disk. */
function sparse(size: number): string {
  const path = join(folderWith({ "large.bin": "" }), "large.bin");
  truncateSync(path, size);
  utimesSync(path, modified, modified);
  return path;
}

async function served(app: App, watched: Watched): Promise<Serving> {
  app.host = watched.host;
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server;
}

function responseOf(server: Serving, path = "/"): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => httpGet(server.url + path, { agent: false }, resolve).once("error", reject));
}

test("a large file goes through a small memory", async () => {
  const size = 256 * MiB;
  const path = sparse(size);
  const watched = watchedHost();
  const app = new App();
  app.get("/", () => sendFile(path));
  const response = await responseOf(await served(app, watched));
  let received = 0;
  let most = 0;
  for await (const piece of response) {
    received += (piece as Buffer).byteLength;
    most = Math.max(most, watched.read - received);
  }
  expect(received).toBe(size);
  // What sockets hold is the machine's to say; the rest is a few chunks.
  expect(most).toBeLessThan(32 * MiB);
  await watched.allClosed();
});

test("what a client does not take is not read, and is not read any more once it has left", async () => {
  const path = sparse(4096 * MiB);
  const other = sparse(MiB);
  const log: string[] = [];
  const watched = watchedHost();
  const done = gate();
  const app = new App();
  const session = depends(async function* () {
    yield 1;
    log.push("left");
    done.open();
  });
  app.get("/", { input: { session, background } }, ({ background: work }) => {
    work.add(() => log.push("worked"));
    return sendFile(path);
  });
  app.get("/other", () => sendFile(other));
  const server = await served(app, watched);
  const client = await wire(server);
  client.socket.pause();
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  // Everybody else is served meanwhile.
  for (let i = 0; i < 20; i++) {
    for await (const _ of await responseOf(server, "/other"));
  }
  expect(watched.read - 20 * MiB).toBeLessThan(64 * MiB);
  client.socket.destroy();
  await watched.allClosed();
  await done.opened;
  expect(log).toEqual(["worked", "left"]);
});

test("a client that leaves while a piece is read", async () => {
  const path = sparse(64 * MiB);
  const [reading, proceed] = [gate(), gate()];
  const { found, report } = reports();
  const watched = watchedHost({
    beforeRead: async (read) => {
      if (read < 4 * chunk) return;
      reading.open();
      await proceed.opened;
    },
  });
  const app = new App({ report });
  app.get("/", () => sendFile(path));
  const response = await responseOf(await served(app, watched));
  response.resume().on("error", () => {});
  await reading.opened;
  response.destroy();
  await watched.allClosed();
  proceed.open();
  expect(found).toEqual([]);
});

test("one that leaves before the file is open", async () => {
  const path = sparse(MiB);
  const [opening, proceed] = [gate(), gate()];
  const watched = watchedHost();
  const app = new App();
  const slow: Watched = {
    ...watched,
    host: {
      ...watched.host,
      async file(...given) {
        opening.open();
        await proceed.opened;
        return watched.host.file!(...given);
      },
    },
  };
  app.get("/", () => sendFile(path));
  const server = await served(app, slow);
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await opening.opened;
  client.socket.destroy();
  await client.closed;
  proceed.open();
  await server.close();
  await watched.allClosed();
  expect([watched.opened, watched.read]).toEqual([1, 0]);
});

test("a pipelined request behind a file waits for its end", async () => {
  const path = join(folderWith({ "a.txt": "alpha" }), "a.txt");
  const app = new App();
  app.get("/", () => sendFile(path));
  const client = await wire(await served(app, watchedHost()));
  client.send("GET / HTTP/1.1", "Host: a", "", "GET / HTTP/1.1", "Host: a", "Connection: close", "", "");
  const received = await client.closed;
  expect(statuses(received)).toEqual([200, 200]);
  expect(received.match(/\r\n\r\nalpha/g)).toHaveLength(2);
  expect(received).not.toMatch(/transfer-encoding/i);
});

test.each(["gets", "is answered under a deadline"])("a file that is slow to open %s", async (how) => {
  const path = sparse(MiB);
  const proceed = gate();
  const watched = watchedHost();
  const { found, report } = reports();
  const app = new App({ report });
  app.host = {
    ...watched.host,
    async file(...given) {
      await proceed.opened;
      return watched.host.file!(...given);
    },
  };
  const late = how !== "gets";
  app.get("/", { timeout: late ? 1 : null }, () => sendFile(path));
  const asked = testClient(app, { raiseServerErrors: false }).get("/");
  if (late) expect((await asked).status).toBe(503);
  proceed.open();
  if (!late) expect((await asked).bytes).toHaveLength(MiB);
  await testClient(app).close();
  await watched.allClosed();
  expect(found).toHaveLength(late ? 1 : 0);
});

scenarios("Files that change while they are sent", (ask) => {
  const size = 5 * chunk;

  test("one that grows is as long as was announced", async () => {
    const path = sparse(size);
    const watched = watchedHost({ beforeRead: () => appendFileSync(path, "more") });
    const app = new App();
    app.host = watched.host;
    app.get("/", () => sendFile(path));
    const { bytes, headers } = await ask(app, "GET /");
    expect([bytes.byteLength, headers["content-length"]]).toEqual([size, String(size)]);
    await watched.allClosed();
  });

  test.each([0, 1, chunk * 2.5])(
    "one that shrinks to %d bytes breaks the connection, and is reported",
    async (left) => {
      const path = sparse(size);
      const watched = watchedHost({
        beforeRead: (read) => {
          if (read === 2 * chunk) truncateSync(path, left);
        },
      });
      const { found, report } = reports();
      const app = new App({ report });
      app.host = watched.host;
      const log: string[] = [];
      const session = depends(async function* () {
        try {
          yield 1;
        } catch (error) {
          log.push((error as Error).message);
          throw error;
        }
      });
      app.get("/", { input: { session } }, () => sendFile(path));
      await expect(ask(app, "GET /")).rejects.toThrow(/aborted|shorter/);
      await ask.close(app);
      await watched.allClosed();
      expect(log).toEqual(["The file became shorter while it was sent"]);
      // Over fetch the runtime tells whoever reads the stream.
      expect(found.map(({ error }) => String(error))).toEqual(
        ask.adapter === "node" ? ["Error: The file became shorter while it was sent"] : [],
      );
    },
  );
});
