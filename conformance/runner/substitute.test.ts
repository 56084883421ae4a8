import { expect, test } from "vitest";
import { substitute } from "./substitute.ts";

const captured = new Map<string, unknown>([
  ["id", 7],
  ["token", "abc"],
]);

test("captured values are put into every text, and into JSON with their type", () => {
  const request = {
    method: "POST",
    path: "/heroes/{{id}}",
    headers: { authorization: "Bearer {{token}}", "x-id": ["{{id}}"] },
    json: { id: "{{id}}", ids: ["{{id}}"], text: "id {{id}}" },
  };
  expect(substitute(request, captured)).toEqual({
    method: "POST",
    path: "/heroes/7",
    headers: { authorization: "Bearer abc", "x-id": ["7"] },
    json: { id: 7, ids: [7], text: "id 7" },
  });
  const plain = { method: "POST", path: "/", json: null };
  expect(substitute(plain, captured)).toEqual(plain);
});

test("a value that was never captured is an error", () => {
  expect(() => substitute({ method: "GET", path: "/{{other}}" }, captured)).toThrow('captured "other"');
});
