/** Replies: media types, headers that cannot be split, statuses, redirects. */
import { describe, expect, test } from "vitest";
import { headerPairs, html, json, kind, redirect, text } from "./reply.ts";

describe("kinds", () => {
  test.each([
    [json({ a: [1, new Date(0)] }), '{"a":[1,"1970-01-01T00:00:00+00:00"]}', "application/json"],
    [json(undefined), "null", "application/json"],
    [json({ toJSON: () => undefined }), "null", "application/json"],
    [html("<p>"), "<p>", "text/html; charset=utf-8"],
    [text("é"), "é", "text/plain; charset=utf-8"],
    [
      kind<string>({ mediaType: "text/csv; charset=latin-1", write: (value) => value })("a"),
      "a",
      "text/csv; charset=latin-1",
    ],
    [
      kind<Uint8Array>({ mediaType: "image/png", write: (value) => value })(new Uint8Array([1])),
      new Uint8Array([1]),
      "image/png",
    ],
  ])("%#", (reply, body, type) => {
    expect(reply).toMatchObject({ status: undefined, body, headers: ["content-type", type] });
  });

  test("a status of its own, and one given", () => {
    const created = kind<string>({ mediaType: null, status: 201, write: (value) => value });
    expect([created("x").status, created("x", { status: 202 }).status, text("x", { status: 404 }).status]).toEqual([
      201, 202, 404,
    ]);
    expect([created.status, created.mediaType, created.json]).toEqual([201, null, false]);
    expect([json.json, kind({ mediaType: "application/vnd.a+json", write: () => "" }).json, html.json]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("headers", () => {
  test("lower case, several values, and a Content-Type of one's own instead of the kind's", () => {
    const reply = text("x", { headers: { "X-A": ["1", "2"], "Content-Type": "text/markdown" } });
    expect(reply.headers).toEqual(["x-a", "1", "x-a", "2", "content-type", "text/markdown"]);
  });

  test("a value that reads like the name of the Content-Type changes nothing", () => {
    expect(json(1, { headers: { "access-control-allow-headers": "content-type" } }).headers).toEqual([
      "access-control-allow-headers",
      "content-type",
      "content-type",
      "application/json",
    ]);
  });

  test("what is given comes instead of the kind's own, in whatever case", () => {
    const own = kind<string>({
      mediaType: null,
      write: () => null,
      headers: (value) => ({ "X-Kind": value, "x-other": "1" }),
    });
    expect(own("a").headers).toEqual(["x-kind", "a", "x-other", "1"]);
    expect(own("a", { headers: { "x-KIND": "b" } }).headers).toEqual(["x-other", "1", "x-kind", "b"]);
  });

  test.each(["a\r\nb", "a\nb", "a\0b", "\u0100", "a\u007f"])("a value of %j is refused", (value) => {
    expect(() => headerPairs({ "x-a": value })).toThrow(/^APUS_HEADER: the value of the header "x-a"/);
  });

  test.each(["", "a b", "a:b", "a\nb", "é"])("a name of %j is refused", (name) => {
    expect(() => headerPairs({ [name]: "x" })).toThrow(/^APUS_HEADER: .*no header name/);
  });

  test("Latin-1 and tabs are fine", () => expect(headerPairs({ a: "é\t " })).toEqual(["a", "é\t "]));
});

test.each([
  ["/a b", "/a%20b"],
  ["/a?b=c d&e=%20", "/a?b=c%20d&e=%20"],
  ["/%25", "/%25"],
  ["/é", "/%C3%A9"],
  ["http://[::1]/a[0]", "http://[::1]/a[0]"],
  ["/a\r\nset-cookie: x", "/a%0D%0Aset-cookie:%20x"],
  [new URL("https://a.example/b?c#d"), "https://a.example/b?c#d"],
])("a redirect to %s", (to, location) => {
  expect(redirect(to)).toMatchObject({ status: 307, body: null, headers: ["location", location] });
  expect(redirect(to, { status: 303 }).status).toBe(303);
});
