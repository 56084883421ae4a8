import { expect, test } from "vitest";
import { expectedAnswer } from "../runner/expectation.ts";
import type { HttpStep, RecordedRequest } from "../runner/vector.ts";
import { slashRedirects } from "./slash-redirects.ts";

const asking = (path: string, more: Partial<RecordedRequest> = {}): RecordedRequest => ({
  method: "GET",
  path,
  ...more,
});

function transform(request: RecordedRequest, observed: NonNullable<HttpStep["observed"]>) {
  const answer = expectedAnswer({ request, expect: {}, observed });
  return { answer, transformed: slashRedirects.transform(answer, { vector: "x.json", request }) };
}

const to = (location: string, status = 307) => ({ status, location });

test.each<[string, RecordedRequest, string, string]>([
  ["a slash more", asking("/items"), "http://testserver/items/", "/items/"],
  ["a slash less", asking("/items/"), "http://testserver/items", "/items"],
  ["the query", asking("/items", { query: "q=a?b/" }), "http://testserver/items/?q=a?b/", "/items/?q=a?b/"],
  [
    "another origin",
    asking("/items", { base_url: "https://example.com:8000" }),
    "https://example.com:8000/items/",
    "/items/",
  ],
])("%s: the location loses its origin, followed or not", (_, request, absolute, relative) => {
  const followed = transform(request, { status: 200, redirects: [to(absolute)] });
  expect(followed.transformed).toEqual({ ...followed.answer, redirects: [to(relative)] });
  const answered = transform(request, { status: 307, headers: { location: absolute, vary: "x" } });
  expect(answered.transformed).toEqual({ ...answered.answer, headers: { location: relative, vary: "x" } });
});

test("a slash redirect after another redirect is found, and only that one changes", () => {
  const request = asking("/old");
  const first = to("http://testserver/items", 302);
  const { answer, transformed } = transform(request, {
    status: 200,
    redirects: [first, to("http://testserver/items/")],
  });
  expect(transformed).toEqual({ ...answer, redirects: [first, to("/items/")] });
});

test.each<[string, RecordedRequest, string, number]>([
  ["another place", asking("/typer"), "https://typer.tiangolo.com", 307],
  ["another path here", asking("/items"), "http://testserver/users/", 307],
  ["another host", asking("/items"), "http://other/items/", 307],
  ["another scheme", asking("/items"), "https://testserver/items/", 307],
  ["another scheme, the same path", asking("/"), "https://testserver/", 307],
  ["the query lost", asking("/items", { query: "q=1" }), "http://testserver/items/", 307],
  ["two slashes", asking("/items"), "http://testserver/items//", 307],
  ["another status", asking("/items"), "http://testserver/items/", 302],
  ["already relative", asking("/items"), "/items/", 307],
  ["the root", asking("/"), "http://testserver", 307],
])("not a slash redirect: %s", (_, request, location, status) => {
  const followed = transform(request, { status: 200, redirects: [to(location, status)] });
  expect(followed.transformed).toBe(followed.answer);
  const answered = transform(request, { status, headers: { location } });
  expect(answered.transformed).toBe(answered.answer);
});

test("an answer that is no redirect is not touched, whatever its headers say", () => {
  const { answer, transformed } = transform(asking("/items"), {
    status: 201,
    headers: { location: "http://testserver/items/" },
  });
  expect(transformed).toBe(answer);
  const unobserved = expectedAnswer({ request: asking("/items"), expect: { status: 200 } });
  expect(slashRedirects.transform(unobserved, { vector: "x.json", request: asking("/items") })).toBe(unobserved);
});
