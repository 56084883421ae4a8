// `lifespan`: what opens before the app answers and closes when it stops, although nobody injects it.
import { App, depends, type Dependency } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports } from "../scenario.ts";
import { serve } from "../serve.ts";

type AppScoped<T> = Dependency<T, never, "app", object>;

/** App-scoped generators that write down when they open and close. */
function tracing() {
  const lines: string[] = [];
  const opens = (name: string, input: Record<string, AppScoped<unknown>> = {}, fails?: "open" | "close") =>
    depends(
      input as Record<never, never>,
      async function* () {
        if (fails === "open") throw new Error(`${name} does not open`);
        lines.push(`open ${name}`);
        yield name;
        lines.push(`close ${name}`);
        if (fails === "close") throw new Error(`${name} does not close`);
      },
      { scope: "app", name },
    ) as AppScoped<string>;
  return { lines, opens };
}

test("opens first, with what it needs before it, and closes last", async () => {
  const { lines, opens } = tracing();
  const config = opens("config");
  const app = new App({ lifespan: opens("lifespan", { config }) });
  app.get("/", { input: { pool: opens("pool"), mail: opens("mail", { config }) } }, () => void lines.push("answer"));
  const server = await serve(app, { port: 0, signals: false });
  lines.push("listening");
  await fetch(server.url);
  await server.close();
  expect(lines).toEqual([
    "open config",
    "open lifespan",
    "open pool",
    "open mail",
    "listening",
    "answer",
    "close mail",
    "close pool",
    "close lifespan",
    "close config",
  ]);
});

test("one that is injected as well is opened once, and everybody gets its value", async () => {
  const { lines, opens } = tracing();
  const lifespan = opens("lifespan");
  const app = new App({ lifespan });
  app.get("/", { input: { lifespan } }, (values) => values.lifespan);
  const client = testClient(app);
  await client.start();
  expect((await client.get("/")).json()).toBe("lifespan");
  await client.close();
  expect(lines).toEqual(["open lifespan", "close lifespan"]);
});

test.each([
  ["a plain function", (lines: string[]) => depends(() => void lines.push("opened"))],
  ["an async function", (lines: string[]) => depends(async () => void lines.push("opened"), { scope: "app" })],
  [
    "a synchronous generator",
    (lines: string[]) =>
      depends(
        function* () {
          lines.push("opened");
          yield;
        },
        { scope: "app" },
      ),
  ],
])("may be %s", async (_, make) => {
  const lines: string[] = [];
  const app = new App({ lifespan: make(lines) });
  app.get("/", () => 1);
  const client = testClient(app);
  await client.start();
  await client.get("/");
  await client.close();
  expect(lines).toEqual(["opened"]);
});

test.each([
  ["the lifespan itself", "lifespan", ["open config", "close config"]],
  ["what is opened after it", "pool", ["open config", "open lifespan", "close lifespan", "close config"]],
])("a failure of %s stops the start, and what had been opened is closed again", async (_, broken, expected) => {
  const { lines, opens } = tracing();
  const starts = [(app: App) => serve(app, { port: 0, signals: false }), (app: App) => testClient(app).start()];
  for (const start of starts) {
    const config = opens("config");
    const app = new App({ lifespan: opens("lifespan", { config }, broken === "lifespan" ? "open" : undefined) });
    app.get("/", { input: { pool: opens("pool", {}, broken === "pool" ? "open" : undefined) } }, () => 1);
    await expect(start(app)).rejects.toThrow(`${broken} does not open`);
    expect(lines.splice(0)).toEqual(expected);
  }
});

test("a failure to close is told, and keeps nothing open", async () => {
  const { lines, opens } = tracing();
  const app = new App({ lifespan: opens("lifespan", { config: opens("config") }, "close") });
  app.get("/", { input: { pool: opens("pool", {}, "close") } }, () => 1);
  const server = await serve(app, { port: 0, signals: false });
  await expect(server.close()).rejects.toThrow("pool does not close");
  expect(lines.slice(3)).toEqual(["close pool", "close lifespan", "close config"]);
});

test("can be replaced on a copy, and so can what it needs; the original keeps its own", async () => {
  const { lines, opens } = tracing();
  const config = opens("config");
  const lifespan = opens("lifespan", { config });
  const app = new App({ lifespan });
  app.get("/", () => 1);
  const seen: string[][] = [];
  for (const overrides of [[[lifespan, opens("fake")]], [[config, opens("fake config")]], []] as const) {
    const client = testClient(app, { overrides });
    await client.start();
    await client.close();
    seen.push(lines.splice(0));
  }
  expect(seen).toEqual([
    ["open fake", "close fake"],
    ["open fake config", "open lifespan", "close lifespan", "close fake config"],
    ["open config", "open lifespan", "close lifespan", "close config"],
  ]);
});

test("app.fetch opens it before the first answer, once, whatever is asked; a failure is a reported 500, and tried again", async () => {
  const { lines, opens } = tracing();
  const { found, report } = reports();
  let tries = 0;
  const lifespan = depends(
    { config: opens("config") },
    async function* () {
      if (++tries === 1) throw new Error("no database yet");
      lines.push("open lifespan");
      yield;
      lines.push("close lifespan");
    },
    { scope: "app" },
  );
  const app = new App({ lifespan, report });
  app.get("/", () => void lines.push("answer"));
  const ask = async (path: string): Promise<number> => (await app.fetch(new Request(`http://a${path}`))).status;
  expect(await ask("/")).toBe(500);
  expect(found).toMatchObject([{ error: { message: "no database yet" }, path: "/" }]);
  expect(await Promise.all([ask("/nowhere"), ask("/"), ask("/")])).toEqual([404, 200, 200]);
  await app.shutdown();
  expect(lines).toEqual(["open config", "open lifespan", "answer", "answer", "close lifespan", "close config"]);
});

test("an app that was closed opens again", async () => {
  const { lines, opens } = tracing();
  const app = new App({ lifespan: opens("lifespan") });
  app.get("/", () => 1);
  for (let i = 0; i < 2; i++) await (await serve(app, { port: 0, signals: false })).close();
  expect(lines).toEqual(["open lifespan", "close lifespan", "open lifespan", "close lifespan"]);
});

const generator = async function* (): AsyncGenerator<number> {
  yield 1;
};
test.each<[string, unknown, RegExp]>([
  ["a generator of the request", depends(generator), /^APUS_LIFESPAN/],
  ["a function", generator, /^APUS_LIFESPAN/],
  ["what reads a request", depends({ q: z.string() }, () => 1), /^APUS_LIFESPAN/],
  [
    "what reads a request and says it does not",
    depends({ q: z.string() } as never, () => 1, { scope: "app" }),
    /^APUS_SCOPE: the App/,
  ],
])("%s is none: the start says so", async (_, lifespan, message) => {
  const app = new App({ lifespan: lifespan as AppScoped<number> });
  app.get("/", () => 1);
  await expect(testClient(app).start()).rejects.toThrow(message);
});
