// What follows an answer through app.fetch: after a stream's last byte, when it is given up, or handed to waitUntil.
import { App, background, depends } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { gate } from "../scenario.ts";

const encoder = new TextEncoder();

/** An app whose handler streams what its request-scoped session gives, as long as the session is open. */
function streaming(count = 2, broken = false) {
  const lines: string[] = [];
  const session = depends(async function* () {
    let open = true;
    try {
      yield { read: (i: number) => (open ? `row ${i};` : "closed!") };
    } catch (error) {
      lines.push(String(error));
      throw error;
    } finally {
      open = false;
      lines.push("closed");
    }
  });
  const app = new App();
  app.get("/", { input: { session } }, ({ session: each }) => {
    let i = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (i === count && broken) throw new Error("the source broke");
          if (i === count) controller.close();
          else controller.enqueue(encoder.encode(each.read(++i)));
        },
        cancel: () => void lines.push("cancelled"),
      },
      { highWaterMark: 0 },
    );
    return new Response(stream);
  });
  return { app, lines };
}
const ask = (app: App, method = "GET"): Promise<Response> => app.fetch(new Request("http://testserver/", { method }));

test("a stream may use its request-scoped dependencies to its end", async () => {
  const { app, lines } = streaming();
  const response = await ask(app);
  expect(lines).toEqual([]);
  expect(await response.text()).toBe("row 1;row 2;");
  expect(lines).toEqual(["closed"]);
  expect((await testClient(app).get("/")).text).toBe("row 1;row 2;");
});

test("a stream that is given up, or breaks, is followed as well, once", async () => {
  const { app, lines } = streaming(5);
  await (await ask(app)).body!.cancel();
  expect(lines).toEqual(["cancelled", "closed"]);
  const other = streaming(1, true);
  await expect((await ask(other.app)).text()).rejects.toThrow("the source broke");
  expect(other.lines).toEqual(["Error: the source broke", "closed"]);
});

test("a stream that is cancelled while somebody waits for it is followed once", async () => {
  const lines: string[] = [];
  const ending = gate();
  const database = depends(async function* () {
    let open = true;
    yield { use: () => lines.push(open ? "the task uses the database" : "the database is closed already") };
    open = false;
    lines.push("closed");
  });
  const app = new App();
  app.get("/", { input: { database, background } }, ({ database: each, background: later }) => {
    later.add(async () => {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      each.use();
      ending.open();
    });
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(encoder.encode("first")) }));
  });
  const reader = (await ask(app)).body!.getReader();
  await reader.read();
  const waiting = reader.read();
  // The source is asked in a later turn, and has nothing yet.
  await new Promise<void>((resolve) => void setImmediate(resolve));
  await reader.cancel();
  await Promise.all([waiting, ending.opened]);
  expect(lines).toEqual(["the task uses the database", "closed"]);
});

test("HEAD cancels the stream and leaves at once", async () => {
  const { app, lines } = streaming();
  expect((await ask(app, "HEAD")).body).toBeNull();
  expect(lines.toSorted()).toEqual(["cancelled", "closed"]);
});

test("waitUntil gets the work, and the answer does not wait for it", async () => {
  const exit = gate();
  const app = new App();
  const slow = depends(async function* () {
    yield 1;
    await exit.opened;
  });
  app.get("/", { input: { slow } }, () => "answer");
  const work: Promise<unknown>[] = [];
  const response = await app.fetch(new Request("http://testserver/"), { waitUntil: (each) => void work.push(each) });
  expect(await response.json()).toBe("answer");
  expect(work).toHaveLength(1);
  exit.open();
  await work[0];
});

test("a request whose signal was aborted is not committed", async () => {
  const lines: string[] = [];
  const session = depends(
    async function* () {
      try {
        yield 1;
        lines.push("commit");
      } catch (error) {
        lines.push("rollback");
        throw error;
      }
    },
    { scope: "function" },
  );
  const controller = new AbortController();
  const app = new App();
  app.get("/", { input: { session } }, () => controller.abort());
  const response = await app.fetch(new Request("http://testserver/", { signal: controller.signal }));
  expect([response.status, lines]).toEqual([499, ["rollback"]]);
});
