// Work for after the answer: what runs, in which order, with what still open, and what is told of failures.
import { App, background, depends, HTTPException, json, onError, redirect, text, type Background } from "apus";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate, reports, scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";

scenarios("Background work", (ask) => {
  test("runs in the order of adding, with its arguments, one at a time, whoever added it", async () => {
    const lines: string[] = [];
    const later = gate();
    const work = async (name: string, n: number): Promise<void> => {
      lines.push(`${name} ${n} begins`);
      if (n === 1) await later.opened;
      lines.push(`${name} ${n} ends`);
    };
    const adding = depends({ background }, ({ background: tasks }) => tasks.add(work, "dependency", 1));
    const app = new App();
    app.get("/", { dependencies: [adding], input: { background } }, ({ background: tasks }) => {
      tasks.add(work, "handler", 2);
      tasks.add(() => {
        tasks.add(work, "the work itself", 4);
        later.open();
      });
      tasks.add(work, "handler", 3);
      setImmediate(later.open);
      return "answer";
    });
    expect((await ask(app, "GET /")).json()).toBe("answer");
    await ask.close(app);
    expect(lines).toEqual([
      "dependency 1 begins",
      "dependency 1 ends",
      "handler 2 begins",
      "handler 2 ends",
      "handler 3 begins",
      "handler 3 ends",
      "the work itself 4 begins",
      "the work itself 4 ends",
    ]);
  });

  test("finds request scope open, function scope left", async () => {
    const lines: string[] = [];
    const open = { f: false, r: false };
    const scoped = (name: "f" | "r", scope: "function" | "request") =>
      depends(
        async function* () {
          open[name] = true;
          yield open;
          open[name] = false;
        },
        { scope },
      );
    const app = new App();
    const input = { f: scoped("f", "function"), r: scoped("r", "request"), background };
    app.get("/", { input }, ({ background: tasks }) => {
      lines.push(`handler ${JSON.stringify(open)}`);
      tasks.add(() => lines.push(`work ${JSON.stringify(open)}`));
    });
    await ask(app, "GET /");
    await ask.close(app);
    expect([lines, open]).toEqual([
      ['handler {"f":true,"r":true}', 'work {"f":false,"r":true}'],
      { f: false, r: false },
    ]);
  });

  test.each<[string, (app: App, fill: (tasks: Background) => void) => void, number]>([
    [
      "a reply is returned",
      (app, fill) => app.get("/", { input: { background } }, (v) => (fill(v.background), text("x"))),
      200,
    ],
    [
      "a Response is returned",
      (app, fill) => app.get("/", { input: { background } }, (v) => (fill(v.background), Response.json(1))),
      200,
    ],
    [
      "a redirect is returned",
      (app, fill) => app.get("/", { input: { background } }, (v) => (fill(v.background), redirect("/x"))),
      307,
    ],
    [
      "the status has no body",
      (app, fill) => app.get("/", { status: 204, input: { background } }, (v) => fill(v.background)),
      204,
    ],
  ])("runs where %s", async (_, declare, status) => {
    const lines: string[] = [];
    const app = new App();
    declare(app, (tasks) => tasks.add(() => lines.push("ran")));
    expect((await ask(app, "GET /")).status).toBe(status);
    await ask.close(app);
    expect(lines).toEqual(["ran"]);
  });

  test("runs when a stream has been sent to its end, which finds request scope open", async () => {
    const lines: string[] = [];
    const session = depends(async function* () {
      lines.push("enter");
      yield { read: () => lines.push("read") };
      lines.push("leave");
    });
    const app = new App();
    app.get("/", { input: { session, background } }, (values) => {
      values.background.add(() => lines.push("work"));
      let left = 2;
      const stream = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            if (left-- === 0) return controller.close();
            values.session.read();
            controller.enqueue(new TextEncoder().encode("part;"));
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(stream);
    });
    expect((await ask(app, "GET /")).text).toBe("part;part;");
    await ask.close(app);
    expect(lines).toEqual(["enter", "read", "read", "work", "leave"]);
  });

  test("that a stream adds while it is sent runs as well", async () => {
    const lines: string[] = [];
    const app = new App();
    app.get("/", { input: { background } }, ({ background: tasks }) => {
      const pull = (controller: ReadableStreamDefaultController): void => {
        tasks.add(() => lines.push("counted"));
        controller.close();
      };
      return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
    });
    expect((await ask(app, "GET /")).status).toBe(200);
    await ask.close(app);
    expect(lines).toEqual(["counted"]);
  });

  test("is dropped where the stream breaks off, and request scope sees why", async () => {
    const lines: string[] = [];
    const app = new App({ report: () => {} });
    const scoped = depends(async function* () {
      try {
        yield 1;
        lines.push("all well");
      } catch (error) {
        lines.push(String(error));
        throw error;
      }
    });
    app.get("/", { input: { background, scoped } }, ({ background: tasks }) => {
      tasks.add(() => lines.push("work"));
      const pull = (): void => {
        throw new Error("the source broke");
      };
      return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
    });
    await expect(ask(app, "GET /")).rejects.toThrow(/the source broke|aborted|hang up/);
    await ask.close(app);
    expect(lines).toEqual(["Error: the source broke"]);
  });

  test("runs after HEAD as after GET", async () => {
    const lines: string[] = [];
    const app = new App();
    app.get("/", { input: { background } }, (v) => (v.background.add(() => lines.push("ran")), 1));
    expect((await ask(app, "HEAD /")).status).toBe(200);
    await ask.close(app);
    expect(lines).toEqual(["ran"]);
  });

  test.each<[string, () => unknown, number, unknown]>([
    ["an HTTPException", () => new HTTPException(404), 404, undefined],
    ["what an error handler answers", () => new RangeError("x"), 418, undefined],
    ["what nobody listed", () => new TypeError("broken"), 500, "broken"],
  ])("is dropped when the request fails: %s", async (_, error, status, reported) => {
    const lines: string[] = [];
    const { found, report } = reports();
    const app = new App({ report, onError: [onError(RangeError, () => json("teapot", { status: 418 }))] });
    app.get("/", { input: { background } }, ({ background: tasks }) => {
      tasks.add(() => lines.push("ran"));
      throw error();
    });
    expect((await ask(app, "GET /")).status).toBe(status);
    await ask.close(app);
    expect([lines, found.map(({ error: each }) => (each as Error).message)]).toEqual([
      [],
      reported === undefined ? [] : [reported],
    ]);
  });

  test("is dropped when the answer does not fit, or a guard refuses after it was added", async () => {
    const lines: string[] = [];
    const adding = depends({ background }, ({ background: tasks }) => tasks.add(() => lines.push("ran")));
    const refusing = depends(() => {
      throw new HTTPException(403);
    });
    const app = new App({ report: () => {} });
    app.get("/wrong", { dependencies: [adding], output: z.int() }, () => "x" as unknown as number);
    app.get("/refused", { dependencies: [adding, refusing] }, () => 1);
    app.get("/invalid", { dependencies: [adding], input: { q: z.int() } }, () => 1);
    const statuses = ["/wrong", "/refused", "/invalid?q=x"].map(async (path) => (await ask(app, `GET ${path}`)).status);
    expect(await Promise.all(statuses)).toEqual([500, 403, 422]);
    await ask.close(app);
    expect(lines).toEqual([]);
  });

  test("that fails is reported under the request's id, keeps the rest from running, and changes no answer", async () => {
    const lines: string[] = [];
    const { found, report } = reports();
    const app = new App({ report });
    app.post("/mail", { input: { background } }, ({ background: tasks }) => {
      tasks.add(async () => {
        lines.push("first");
        throw new Error("no mail server");
      });
      tasks.add(() => lines.push("second"));
      return "accepted";
    });
    const answer = await ask(app, "POST /mail");
    expect([answer.status, answer.json()]).toEqual([200, "accepted"]);
    await ask.close(app);
    expect(lines).toEqual(["first"]);
    expect(found).toMatchObject([{ error: { message: "no mail server" }, method: "POST", path: "/mail" }]);
  });

  test("of requests at the same time stays apart", async () => {
    const lines: string[] = [];
    const [arrived, proceed] = [gate(), gate()];
    const app = new App();
    app.get("/", { input: { name: z.string(), background } }, async ({ name, background: tasks }) => {
      tasks.add(() => lines.push(name));
      if (name === "first") {
        arrived.open();
        await proceed.opened;
        throw new HTTPException(404);
      }
    });
    const first = ask(app, "GET /?name=first");
    await arrived.opened;
    expect((await ask(app, "GET /?name=second")).status).toBe(200);
    proceed.open();
    expect((await first).status).toBe(404);
    await ask.close(app);
    expect(lines).toEqual(["second"]);
  });

  test("what is no function is refused where it is added", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", { input: { background } }, ({ background: tasks }) => tasks.add("send" as never));
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(found).toMatchObject([{ error: { message: expect.stringMatching(/takes a function first/) } }]);
  });
});

test("the client has its answer before the work begins, and the server waits for the work before it closes", async () => {
  const lines: string[] = [];
  const [proceed, begun] = [gate(), gate()];
  const app = new App();
  app.get("/", { input: { background } }, ({ background: tasks }) => {
    tasks.add(async () => {
      begun.open();
      await proceed.opened;
      lines.push("done");
    });
    return "answer";
  });
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  expect(await (await fetch(server.url)).json()).toBe("answer");
  await begun.opened;
  const closed = server.close().then(() => lines.push("closed"));
  proceed.open();
  await closed;
  expect(lines).toEqual(["done", "closed"]);
});

test("app.fetch hands the work to waitUntil, and the answer does not wait for it", async () => {
  const proceed = gate();
  const works: Promise<unknown>[] = [];
  const app = new App();
  app.get("/", { input: { background } }, ({ background: tasks }) => (tasks.add(() => proceed.opened), "answer"));
  const answer = await app.fetch(new Request("http://a/"), { waitUntil: (work) => void works.push(work) });
  expect([await answer.json(), works.length]).toEqual(["answer", 1]);
  proceed.open();
  await works[0];
});
