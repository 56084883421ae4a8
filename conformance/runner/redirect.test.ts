import { expect, test } from "vitest";
import { followingHop, locationOf } from "./redirect.ts";

const hop = {
  method: "PUT",
  url: new URL("http://testserver/items"),
  headers: [
    ["authorization", "Bearer x"],
    ["accept", "*/*"],
  ],
  cookies: new Map([["a", "1"]]),
  body: new Uint8Array([1]),
} as const;

test.each([
  [307, "PUT", "PUT"],
  [308, "POST", "POST"],
  [303, "PUT", "GET"],
  [302, "PUT", "GET"],
  [302, "HEAD", "HEAD"],
  [301, "POST", "GET"],
  [301, "PUT", "PUT"],
])("%i after %s is followed by %s, with the body if the method stays", (status, method, next) => {
  const following = followingHop({ ...hop, method }, status, new Headers(), "/items/?a=1");
  expect(following.method).toBe(next);
  expect(following.url.href).toBe("http://testserver/items/?a=1");
  expect(following.body).toBe(next === method ? hop.body : undefined);
  expect(following.headers).toEqual(hop.headers);
});

test("cookies are kept and added to, another origin gets no authorization", () => {
  const headers = new Headers([
    ["set-cookie", "b=2; Path=/"],
    ["set-cookie", "a=3"],
  ]);
  const following = followingHop(hop, 307, headers, "https://testserver/");
  expect([...following.cookies]).toEqual([
    ["a", "3"],
    ["b", "2"],
  ]);
  expect(following.headers).toEqual([["accept", "*/*"]]);
});

test("only a redirect with a location is one", () => {
  const headers = new Headers({ location: "/x" });
  expect(locationOf(307, headers)).toBe("/x");
  expect(locationOf(201, headers)).toBeUndefined();
  expect(locationOf(302, new Headers())).toBeUndefined();
});
