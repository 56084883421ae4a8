import { expect, test } from "vitest";
import { z } from "zod";
import { types } from "../types/index.ts";
import { decode, DecodeError } from "./decode.ts";

const Item = z.object({ name: z.string(), at: types.datetime().nullish(), tags: z.array(z.int()).default([]) });

test("reads as a body is read: converted, with defaults, unknown keys left out", () => {
  const value = { name: "a", tags: ["5"], more: 1 };
  expect(decode(value, Item)).toEqual({ name: "a", tags: [5] });
  expect(decode({ name: "b" }, Item)).toEqual({ name: "b", tags: [] });
  expect(value).toEqual({ name: "a", tags: ["5"], more: 1 });
});

test("tells every problem in FastAPI's form, with its place inside the value", () => {
  let failure: unknown;
  try {
    decode({ tags: [1, { x: 1 }] }, Item);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(DecodeError);
  expect((failure as DecodeError).errors()).toEqual([
    { type: "missing", loc: ["name"], msg: "Field required", input: { tags: [1, { x: 1 }] } },
    { type: "int_type", loc: ["tags", 1], msg: "Input should be a valid integer", input: { x: 1 } },
  ]);
  expect((failure as DecodeError).message).toBe("name: Field required; tags: 1: Input should be a valid integer");
});
