// Requests at the same time: their values are their own, and what lives as long as the app is opened once.
import { App, depends } from "apus";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate, reports, scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { tracing } from "./trace.ts";

scenarios("Two requests at once", (ask) => {
  test("never share what a request made, however they interleave", async () => {
    const arrived = gate();
    const first = gate();
    let made = 0;
    const own = depends({ name: z.string() }, ({ name }) => ({ name, number: ++made }));
    const twice = depends({ own }, ({ own: value }) => value);
    const app = new App();
    app.get("/", { input: { own, twice } }, async (values) => {
      if (values.own.name === "first") {
        arrived.open();
        await first.opened;
      }
      return { ...values.own, same: values.own === values.twice };
    });
    const slow = ask(app, "GET /?name=first");
    await arrived.opened;
    expect((await ask(app, "GET /?name=second")).json()).toEqual({ name: "second", number: 2, same: true });
    first.open();
    expect((await slow).json()).toEqual({ name: "first", number: 1, same: true });
  });

  test("open an app-scoped dependency once between them, and get the same value", async () => {
    const opened = gate();
    const entered = gate();
    let opens = 0;
    const pool = depends(
      async function* () {
        opens++;
        entered.open();
        await opened.opened;
        yield { id: opens };
      },
      { scope: "app" },
    );
    const app = new App();
    app.get("/", { input: { pool } }, ({ pool: value }) => value.id);
    const both = [ask(app, "GET /"), ask(app, "GET /")];
    await entered.opened;
    opened.open();
    expect((await Promise.all(both)).map((each) => each.json())).toEqual([1, 1]);
    expect(opens).toBe(1);
  });
});

test("an app-scoped dependency that fails to open is tried again at the next use", async () => {
  const { found, report } = reports();
  let tries = 0;
  const pool = depends(
    async function* () {
      if (++tries === 1) throw new Error("no database yet");
      yield tries;
    },
    { scope: "app" },
  );
  const app = new App({ report });
  app.get("/", { input: { pool } }, ({ pool: value }) => value);
  const client = testClient(app, { raiseServerErrors: false });
  onTestFinished(() => client.close());
  expect((await client.get("/")).status).toBe(500);
  expect(found).toMatchObject([{ error: { message: "no database yet" } }]);
  expect((await client.get("/")).json()).toBe(2);
  expect((await client.get("/")).json()).toBe(2);
});

test("at start-up it stops the start, and what had been opened is closed again, last first", async () => {
  const { lines, scoped } = tracing();
  const broken = depends(
    async function* () {
      lines.push("try broken");
      yield await Promise.reject(new Error("no broker"));
    },
    { scope: "app" },
  );
  const app = new App();
  const input = { one: scoped("one", "app"), two: scoped("two", "app"), broken, three: scoped("three", "app") };
  app.get("/", { input }, () => 1);
  await expect(serve(app, { port: 0, signals: false })).rejects.toThrow("no broker");
  expect(lines).toEqual(["enter one", "enter two", "try broken", "leave two", "leave one"]);
});

test("opened in the order in which they need each other, closed in reverse; an error while closing keeps none open", async () => {
  const lines: string[] = [];
  const make = (name: string, input: Record<string, ReturnType<typeof depends>>, fail = false) =>
    depends(
      input,
      async function* () {
        lines.push(`open ${name}`);
        yield name;
        lines.push(`close ${name}`);
        if (fail) throw new Error(`${name} does not close`);
      },
      { scope: "app" },
    );
  const config = make("config", {});
  const database = make("database", { config }, true);
  const mail = make("mail", { config });
  const app = new App();
  app.get("/a", { input: { mail, database } }, () => 1);
  app.get("/b", { input: { config } }, () => 1);
  const client = testClient(app);
  await client.start();
  expect(lines).toEqual(["open config", "open mail", "open database"]);
  await expect(client.close()).rejects.toThrow("database does not close");
  expect(lines.slice(3)).toEqual(["close database", "close mail", "close config"]);
});
