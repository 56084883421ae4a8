import { App } from "apus";
import { testClient } from "apus/testing";
import { afterAll, expect, it } from "vitest";
import { clientFor, nameOf, names, session, told } from "./client-calls.ts";
import { app } from "./items.ts";

const server = testClient(app);
const client = clientFor("http://testserver", server.fetch);
afterAll(() => server.close());

it("reads names", async () => {
  expect(await nameOf(client, 1)).toBe("Swift");
  expect(await nameOf(client, 9)).toBe("Item not found");
  expect(await names(client, new AbortController().signal)).toEqual(["Swift"]);
});

it("says who asks", async () => {
  const asked: (string | null)[] = [];
  const listening = clientFor("http://testserver", (request) => {
    asked.push(request.headers.get("authorization"), request.headers.get("x-client"));
    return server.fetch(request);
  });
  await nameOf(listening, 1);
  session.token = "t0ken";
  await nameOf(listening, 1);
  expect(asked).toEqual([null, "web", "Bearer t0ken", "web"]);
});

it("tells what went wrong", async () => {
  const reason = new Error("the person left");
  const failure = (of: Promise<unknown>): Promise<unknown> => of.catch((error: unknown) => error);
  const never = clientFor("http://testserver", () => new Promise(() => {}));
  expect(() => told(reason)).toThrow(reason);
  expect(await failure(names(never, AbortSignal.abort(reason)))).toBe(reason);
  const nobody = clientFor("http://127.0.0.1:1");
  expect(told(await failure(nameOf(nobody, 1)))).toBe("The server cannot be reached.");
  const other = clientFor("http://testserver", (request) => new App().fetch(request));
  expect(told(await failure(names(other, new AbortController().signal)))).toBe("The server has a problem (404).");
});
