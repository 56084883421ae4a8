// What lives as long as the app: started, closed, used without a start, and failing at either end.
import { App, depends, get } from "apus";
import { testClient, type TestClient } from "apus/testing";
import { beforeEach, describe, expect, it } from "vitest";

let lines: string[];
beforeEach(() => void (lines = []));

const pool = depends(
  async function* () {
    lines.push("open");
    yield "pool";
    lines.push("close");
  },
  { scope: "app" },
);
const made = (): App => new App().include({ read: get("/", { input: { pool } }, (given) => given.pool) });

it("start() opens it and gives the client, close() closes it", async () => {
  const client: TestClient = await testClient(made()).start();
  expect(lines).toEqual(["open"]);
  expect((await client.get("/")).json()).toBe("pool");
  await client.close();
  expect(lines).toEqual(["open", "close"]);
});

it("without start() it opens at first use, and again after close()", async () => {
  const client = testClient(made());
  expect(lines).toEqual([]);
  await client.get("/");
  await client.get("/");
  await client.close();
  await client.get("/");
  expect(lines).toEqual(["open", "close", "open"]);
  await client.close();
});

it("close() of a client that was never asked does nothing", async () => {
  await testClient(made()).close();
  expect(lines).toEqual([]);
});

it("`await using` closes it at the end of the block", async () => {
  {
    await using client = await testClient(made()).start();
    expect((await client.get("/")).status).toBe(200);
  }
  expect(lines).toEqual(["open", "close"]);
});

describe("run()", () => {
  it("starts, hands on what the work returns, and closes", async () => {
    const answer = await testClient(made()).run(async (client) => (await client.get("/")).text);
    expect([answer, lines]).toEqual(['"pool"', ["open", "close"]]);
  });

  it("closes after an error, which stays the same", async () => {
    const failed = new Error("expected otherwise");
    const fail = (): never => {
      throw failed;
    };
    await expect(testClient(made()).run(fail)).rejects.toBe(failed);
    expect(lines).toEqual(["open", "close"]);
  });

  it("tells of both where closing fails too", async () => {
    const failed = new Error("the test");
    const worse = new Error("the closing");
    const lifespan = depends(
      async function* () {
        yield 1;
        throw worse;
      },
      { scope: "app" },
    );
    const client = testClient(new App({ lifespan }));
    const both = client.run(() => {
      throw failed;
    });
    await expect(both).rejects.toMatchObject({ errors: [failed, worse] });
    await expect(client.run(() => 1)).rejects.toBe(worse);
  });
});

it("a start that fails throws what failed, and closes what was open", async () => {
  const refused = new Error("connection refused");
  const second = depends(
    { pool },
    () => {
      throw refused;
    },
    { scope: "app" },
  );
  const app = new App().include({ read: get("/", { input: { second } }, () => 1) });
  await expect(testClient(app).start()).rejects.toBe(refused);
  expect(lines).toEqual(["open", "close"]);
  let ran = false;
  await expect(testClient(app).run(() => (ran = true))).rejects.toBe(refused);
  expect(ran).toBe(false);
});

describe("with()", () => {
  it("the same app where only the client differs: one pool, other headers, own cookies", async () => {
    const app = made();
    const one = testClient(app, { cookies: { a: "1" }, headers: { "x-a": "1", "x-b": "1" } });
    const other = one.with({ headers: { "X-B": "2", accept: null } });
    expect(other.app).toBe(app);
    await one.get("/");
    await other.get("/");
    expect(lines).toEqual(["open"]);
    other.cookies.set("b", "2");
    expect([one.cookies.size, other.cookies.size]).toEqual([1, 2]);
    await one.close();
  });

  it("overrides are added, on a copy with a life of its own", async () => {
    const app = made();
    const client = testClient(app);
    const fake = client.with({ overrides: [[pool, depends(() => "fake", { scope: "app" })]] });
    const faker = fake.with({ overrides: [[pool, depends(() => "faker", { scope: "app" })]] });
    const asked = [client, fake, faker].map(async (each) => (await each.get("/")).json() as unknown);
    expect(await Promise.all(asked)).toEqual(["pool", "fake", "faker"]);
    for (const each of [client, fake, faker]) await each.close();
    expect(lines).toEqual(["open", "close"]);
  });

  it("refuses what testClient() refuses", () => {
    const client = testClient(made());
    expect(() => client.with({ override: [] } as object)).toThrow("did you mean `overrides`?");
    expect(() => client.with({ overrides: pool as unknown as [] })).toThrow("APUS_OVERRIDE");
    expect(() => client.with({ overrides: new Map() as unknown as [] })).toThrow("APUS_OVERRIDE");
  });
});
