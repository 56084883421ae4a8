// Server-Timing: on every answer, beside what the answer says itself, by the clock that was running.
import { App, middleware, response } from "apus";
import { timing } from "apus/middleware";
import { testClient } from "apus/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { reports } from "../scenario.ts";

afterEach(() => void vi.restoreAllMocks());

function timed(options?: Parameters<typeof timing>[0]): App {
  const app = new App({ report: reports().report, middleware: [timing(options)] });
  app.get("/", () => "ok");
  app.get("/broken", () => {
    throw new Error("unlisted");
  });
  return app;
}

it.each(["/", "/nowhere", "/broken", "/openapi.json"])("%s is timed", async (path) => {
  const { headers } = await testClient(timed(), { raiseServerErrors: false }).get(path);
  expect(headers.get("server-timing")).toMatch(/^total;dur=\d+\.\d{3}$/);
  expect(headers.has("x-process-time")).toBe(false);
});

it("tells milliseconds, and in the other header seconds", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(1000);
  const app = new App({ middleware: [timing({ header: "X-Process-Time" })] });
  app.get("/", () => void clock.mockReturnValue(1234.5));
  const { headers } = await testClient(app).get("/");
  expect(headers.get("server-timing")).toBe("total;dur=234.500");
  expect(headers.get("x-process-time")).toBe("0.234500");
});

it("counts from its place in the list inwards", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const takes = (ms: number) => middleware({ onRequest: () => void clock.mockReturnValue(performance.now() + ms) });
  const app = new App({ middleware: [takes(100), timing(), takes(7)] });
  app.get("/", () => "ok");
  expect((await testClient(app).get("/")).headers.get("server-timing")).toBe("total;dur=7.000");
});

it("keeps requests that are answered at one time apart", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const opened: (() => void)[] = [];
  const app = new App({ middleware: [timing()] });
  app.get("/", () => new Promise<string>((resolve) => opened.push(() => resolve("ok"))));
  const client = testClient(app);
  const first = client.get("/");
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  clock.mockReturnValue(10);
  const second = client.get("/");
  await vi.waitFor(() => expect(opened).toHaveLength(2));
  clock.mockReturnValue(30);
  for (const open of opened) open();
  expect((await first).headers.get("server-timing")).toBe("total;dur=30.000");
  expect((await second).headers.get("server-timing")).toBe("total;dur=20.000");
});

it("leaves the answer's own metrics", async () => {
  const app = new App({ middleware: [timing()] });
  app.get("/", { input: { response } }, (given) => {
    given.response.headers.set("server-timing", "db;dur=5");
    return "ok";
  });
  expect((await testClient(app).get("/")).headers.get("server-timing")).toMatch(/^db;dur=5, total;dur=/);
});

describe("options that are refused", () => {
  it.each<[string, unknown, RegExp]>([
    ["a header that is none", { header: "x time" }, /APUS_HEADER/],
    ["a misspelt name", { headers: true }, /APUS_OPTIONS: timing\(\): there is no option `headers`/],
  ])("%s", (_, options, message) => expect(() => timing(options as Parameters<typeof timing>[0])).toThrow(message));
});
