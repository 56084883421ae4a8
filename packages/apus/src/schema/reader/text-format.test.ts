/** What clients are told about texts that zod's formats refuse. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { differing, table } from "../../../test/rooms/pydantic-wire.ts";
import { reading } from "../../../test/rooms/reading.ts";
import { emailReason } from "./email-reason.ts";

function told(schema: z.ZodType, value: unknown): unknown {
  const found = reading(schema, value);
  return "value" in found ? found.value : found.problems.map(({ type, msg, ctx }) => [type, msg, ctx]);
}

test("pydantic's reasons why a text is no email address", () => {
  expect(differing(table.email, (text: string) => emailReason(text))).toEqual([]);
});

describe("formats", () => {
  test.each([
    [z.email(), "a@example.com", "a@example.com"],
    [
      z.email(),
      "a@b@example.com",
      [
        [
          "value_error",
          "value is not a valid email address: The part after the @-sign contains invalid characters: '@'.",
          { reason: "The part after the @-sign contains invalid characters: '@'." },
        ],
      ],
    ],
    [z.email("No address"), "x", [["value_error", "Value error, No address", { error: {} }]]],
    [
      z.string().max(3).email(),
      "a@b.co",
      [["string_too_long", "String should have at most 3 characters", { max_length: 3 }]],
    ],
    [
      z.url(),
      "x",
      [
        [
          "url_parsing",
          "Input should be a valid URL, relative URL without a base",
          { error: "relative URL without a base" },
        ],
      ],
    ],
    [
      z.url(),
      "http://a:99999",
      [["url_parsing", "Input should be a valid URL, invalid port number", { error: "invalid port number" }]],
    ],
    [
      z.httpUrl(),
      "ftp://a.example",
      [["url_scheme", "URL scheme should be 'http' or 'https'", { expected_schemes: "'http' or 'https'" }]],
    ],
    [
      z.httpUrl(),
      "http://localhost",
      [
        [
          "url_parsing",
          "Input should be a valid URL, the host is not allowed here",
          { error: "the host is not allowed here" },
        ],
      ],
    ],
    [
      z.url({ protocol: /^ws$/ }),
      "http://a.example",
      [["url_scheme", "URL scheme should be like /^ws$/", { expected_schemes: "like /^ws$/" }]],
    ],
    [z.ipv4(), "1.2.3", [["ip_v4_address", "Input is not a valid IPv4 address", undefined]]],
    [z.ipv6(), "::g", [["ip_v6_address", "Input is not a valid IPv6 address", undefined]]],
    [z.cidrv4(), "1.2.3.4/33", [["ip_v4_network", "Input is not a valid IPv4 network", undefined]]],
    [z.cidrv6(), "::", [["ip_v6_network", "Input is not a valid IPv6 network", undefined]]],
    [
      z.base64(),
      "YQ",
      [["base64_decode", "Base64 decoding error: 'Incorrect padding'", { error: "Incorrect padding" }]],
    ],
    [
      z.base64(),
      "Y Q==",
      [
        [
          "base64_decode",
          "Base64 decoding error: 'Only base64 data is allowed'",
          { error: "Only base64 data is allowed" },
        ],
      ],
    ],
    [z.base64url(), "_-8", "_-8"],
    [
      z.uuidv4(),
      "8b0a8a3e-0000-1000-8000-000000000000",
      [["uuid_version", "UUID version 4 expected", { expected_version: 4 }]],
    ],
    [
      z.uuidv4(),
      "8b0a8a3e-0000-4000-0000-000000000000",
      [["uuid_version", "UUID version 4 expected", { expected_version: 4 }]],
    ],
    [z.e164(), "x", [["value_error", "Value error, String should be a valid E.164 telephone number", { error: {} }]]],
    [z.emoji(), "x", [["value_error", "Value error, String should be a valid emoji", { error: {} }]]],
    [z.string().startsWith("a"), "x", [["value_error", "Value error, String should start with 'a'", { error: {} }]]],
    [z.string().endsWith("!"), "x", [["value_error", "Value error, String should end with '!'", { error: {} }]]],
    [z.string().includes("b"), "x", [["value_error", "Value error, String should contain 'b'", { error: {} }]]],
    [z.string().lowercase(), "X", [["value_error", "Value error, String should be lowercase", { error: {} }]]],
  ])("%#", (schema, value, expected) => expect(told(schema, value)).toEqual(expected));
});

test("hostile texts are told about in linear time", () => {
  const start = performance.now();
  for (const text of ["@".repeat(2000), `${".".repeat(1000)}@${"-.".repeat(500)}`, "a".repeat(2_000_000)]) {
    told(z.email(), text);
    told(z.url(), text);
    told(z.base64(), text);
  }
  expect(performance.now() - start).toBeLessThan(5000);
});
