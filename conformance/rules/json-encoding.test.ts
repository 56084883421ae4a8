import { expect, test } from "vitest";
import { expectedAnswer } from "../runner/expectation.ts";
import { jsonEncoding } from "./json-encoding.ts";

const request = { method: "GET", path: "/" };

function transform(type: string, text: string) {
  const answer = expectedAnswer({
    request,
    expect: {},
    observed: { status: 200, headers: { "content-type": type }, text },
  });
  return { answer, transformed: jsonEncoding.transform(answer, { vector: "x.json", request }) };
}

test.each([
  ["application/jsonl", '{"a": 1, "b": ["x, y: z", null]}\n"\\u00e9"\n', '{"a":1,"b":["x, y: z",null]}\n"é"\n'],
  ["application/jsonl", '{"\\u00e9": 1.0}\n', '{"é":1.0}\n'],
  ["application/jsonl", '"\\ud83d\\ude00 \\n \\u0001 \\\\u00e9"\n', '"😀 \\n \\u0001 \\\\u00e9"\n'],
  ["text/event-stream; charset=utf-8", 'id: {"a": 1}\ndata: {"a": 1}\n\n', 'id: {"a": 1}\ndata: {"a":1}\n\n'],
])("%s: %j becomes %j", (type, text, ours) => {
  const { answer, transformed } = transform(type, text);
  expect(transformed).toEqual({ ...answer, bodies: [{ kind: "text", value: ours }] });
});

test.each([
  ["text/plain", '{"a": 1}'],
  ["application/jsonl", '{"a":1}\n'],
  ["text/event-stream", "data: a, b: c\n\n"],
  ["text/event-stream", ': {"a": 1}\n\n'],
])("%s: %j stays", (type, text) => {
  const { answer, transformed } = transform(type, text);
  expect(transformed).toBe(answer);
});
