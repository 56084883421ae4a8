/** An answer that middleware changes: what the adapter gets of it, and what follows it. */
import { expect, it } from "vitest";
import type { Answer } from "./incoming.ts";
import { Outgoing } from "./outgoing.ts";

const plain: Answer = { status: 200, headers: ["x-a", "1"], body: "text" };

it("is what it was where nobody changes it, and leaves the original alone where somebody does", () => {
  expect(new Outgoing(plain).answer()).toEqual({ ...plain, after: undefined });
  const outgoing = new Outgoing(plain, new Error("x"));
  outgoing.status = 404;
  outgoing.headers.set("X-B", "2");
  outgoing.cookies.set("c", "3");
  outgoing.body = new Uint8Array([1]);
  expect(outgoing.answer()).toEqual({
    status: 404,
    headers: ["x-a", "1", "x-b", "2", "set-cookie", "c=3; Path=/; SameSite=lax"],
    body: new Uint8Array([1]),
    after: undefined,
  });
  expect([plain, outgoing.error]).toEqual([{ status: 200, headers: ["x-a", "1"], body: "text" }, new Error("x")]);
});

it.each([204, 205, 304])("a status of %i has no body", (status) => {
  const outgoing = new Outgoing(plain);
  outgoing.status = status;
  expect(outgoing.answer()).toMatchObject({ status, body: null });
});

it("an answer in its place takes over what was to follow, and is answered for", async () => {
  const done: string[] = [];
  const failed: Answer = { ...plain, unanswered: true, after: async () => void done.push("after") };
  const outgoing = new Outgoing(failed);
  expect([outgoing.unanswered, new Outgoing(plain).unanswered]).toEqual([true, false]);
  expect(outgoing.answer().unanswered).toBe(true);
  const replaced = outgoing.replaced({ status: 503, headers: [], body: null });
  await replaced.after?.();
  expect([replaced.status, replaced.unanswered, done]).toEqual([503, undefined, ["after"]]);
});

it("a stream that was put in and is not sent is given up as well", async () => {
  const done: string[] = [];
  const stream = (name: string): ReadableStream<Uint8Array> =>
    new ReadableStream({ cancel: () => void done.push(name) });
  const outgoing = new Outgoing({ ...plain, body: stream("first"), after: async () => void done.push("after") });
  outgoing.body = stream("second");
  await outgoing.replaced({ status: 500, headers: [], body: "x" }).after?.();
  expect(done).toEqual(["first", "second", "after"]);
});

it.each<[string, unknown]>([
  ["nothing", undefined],
  ["a number", 5],
  ["an object", { a: 1 }],
  ["an ArrayBuffer", new ArrayBuffer(1)],
])("a body of %s is refused", (_, body) => {
  const outgoing = new Outgoing(plain);
  outgoing.body = body as string;
  expect(() => outgoing.check()).toThrow("APUS_MIDDLEWARE: answer.body is");
});

it.each([0, 100, 199, 600, 200.5, Number.NaN, "200"])("a status of %j is refused", (status) => {
  const outgoing = new Outgoing(plain);
  outgoing.status = status as number;
  expect(() => outgoing.check()).toThrow("APUS_STATUS");
});
