// The id under which a failure is reported is the one that the client gets.
import { App, around, depends, get, middleware, onError, request, text } from "apus";
import { requestId } from "apus/middleware";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test } from "vitest";
import { reports } from "../scenario.ts";
import { serve } from "../serve.ts";

const make = (): { app: App; found: ReturnType<typeof reports>["found"] } => {
  const { found, report } = reports();
  const app = new App({ report });
  app.get("/", () => {
    throw new Error("secret");
  });
  return { app, found };
};

test("through testClient", async () => {
  const { app, found } = make();
  const { headers } = await testClient(app, { raiseServerErrors: false }).get("/");
  expect(headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  expect(found.map((each) => each.requestId)).toEqual([headers.get("x-request-id")]);
});

test("through app.fetch", async () => {
  const { app, found } = make();
  const { headers } = await app.fetch(new Request("http://testserver/"));
  expect(found.map((each) => each.requestId)).toEqual([headers.get("x-request-id")]);
});

test("through a server, and each failure has its own", async () => {
  const { app, found } = make();
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  const ids = [await fetch(server.url), await fetch(server.url)].map(({ headers }) => headers.get("x-request-id"));
  expect(found.map((each) => each.requestId)).toEqual(ids);
  expect(new Set(ids).size).toBe(2);
});

test("testClient throws the error itself unless told otherwise", async () => {
  const { app } = make();
  await expect(testClient(app).get("/")).rejects.toThrow("secret");
});

test("it is the one that middleware, dependencies and error handlers see, changed requests included", async () => {
  const { found, report } = reports();
  const seen: string[] = [];
  const note = ({ id }: { readonly id: string }): void => void seen.push(id);
  const looking = middleware({ onRequest: note, onAnswer: (_, sent) => note(sent), onError: (_, sent) => note(sent) });
  const changing = around((sent, next) => next(sent.with({ headers: { "x-a": "1" } })));
  const noting = depends({ request }, (values) => note(values.request));
  const fails = get("/", { middleware: [looking], dependencies: [noting] }, () => {
    throw new Error("secret");
  });
  const app = new App({ report, middleware: [looking, changing] }).include({ fails });
  const { headers } = await testClient(app, { raiseServerErrors: false }).get("/");
  expect(seen).toHaveLength(7);
  expect(new Set([...seen, found[0]?.requestId, headers.get("x-request-id")]).size).toBe(1);
});

test("it is the one that requestId() gives and takes", async () => {
  const { found, report } = reports();
  const app = new App({ report, middleware: [requestId({ trust: true })] });
  app.get("/", () => {
    throw new Error("secret");
  });
  const client = testClient(app, { raiseServerErrors: false });
  const own = await client.get("/");
  const taken = await client.get("/", { headers: { "x-request-id": "proxy-1" } });
  const forged = await client.get("/", { headers: { "x-request-id": "a b" } });
  expect([own, taken, forged].map(({ headers }) => headers.get("x-request-id"))).toEqual(
    found.map((each) => each.requestId),
  );
  expect(found.map((each) => each.requestId === "proxy-1")).toEqual([false, true, false]);
});

test("an answer of one's own to what nobody expected carries it where requestId() stands around", async () => {
  const { found, report } = reports();
  const sorry = onError(Error, (_, { id }) => text(`Tell us: ${id}`, { status: 500 }));
  const app = new App({ report, onError: [sorry], middleware: [requestId()] });
  app.get("/", () => {
    throw new Error("secret");
  });
  const answer = await testClient(app, { raiseServerErrors: false }).get("/");
  const [{ requestId: id } = { requestId: "none" }] = found;
  expect([answer.text, answer.headers.get("x-request-id")]).toEqual([`Tell us: ${id}`, id]);
});
