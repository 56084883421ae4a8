// What a test reads of an answer.
import { App, middleware } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";

describe("answers", () => {
  const answering = (body: string | Uint8Array, headers: Record<string, string> = {}, status = 200) =>
    testClient(
      new App({ middleware: [middleware({ onRequest: () => new Response(body as BodyInit, { status, headers }) })] }),
    ).get("/x?y=1");

  test("what there is", async () => {
    const answer = await answering('{"a":1}', { "content-type": "application/json" }, 201);
    const typed = answer.json<{ a: number }>();
    expect([answer.status, answer.ok, typed.a, answer.url, answer.complete]).toEqual([
      201,
      true,
      1,
      "http://testserver/x?y=1",
      true,
    ]);
    expect([(await answering("", {}, 404)).ok, (await answering("", {}, 302)).ok]).toEqual([false, false]);
  });

  test.each<[string, Uint8Array, string]>([
    ["text/plain; charset=latin1", new Uint8Array([0xe9]), "é"],
    ['text/plain; charset="ISO-8859-1"', new Uint8Array([0xe9]), "é"],
    ["text/plain", new TextEncoder().encode("é"), "é"],
    ["text/plain; charset=unheard-of", new TextEncoder().encode("é"), "é"],
  ])("text of %s", async (type, bytes, expected) => {
    const answer = await answering(bytes, { "content-type": type });
    expect([answer.text, answer.bytes]).toEqual([expected, bytes]);
  });

  test("what is no JSON is said with its status and its beginning", async () => {
    const page = await answering(`<h1>${"x".repeat(300)}`, { "content-type": "text/html" }, 502);
    expect(() => page.json()).toThrow(
      `APUS_TEST_JSON: GET http://testserver/x?y=1 answered 502 (text/html), which is no JSON: <h1>${"x".repeat(196)}…`,
    );
    const empty = await answering("", {}, 200);
    expect(() => empty.json()).toThrow("which is no JSON: an empty body");
  });
});
