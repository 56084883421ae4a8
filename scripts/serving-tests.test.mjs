// Which tests run on both engines: those that serve, however they come to it.
import { expect, test } from "vitest";
import { servingTests } from "./serving-tests.mjs";

const serving = servingTests();

test.each([
  ["serves itself", "server/limits.test.ts"],
  ["runs scenarios", "routing/routing.test.ts"],
  ["starts a program that serves", "security/uploads.test.ts"],
  ["has a file beside it that serves", "websockets/limits.test.ts"],
])("a test that %s", (_, file) => {
  expect(serving).toContain(`packages/apus/test/${file}`);
});

test("no others", () => {
  expect(serving).not.toContain("packages/apus/test/security/expressions.test.ts");
  expect(serving).not.toContain("packages/apus/test/settings/settings.test.ts");
  expect(serving.filter((file) => !file.endsWith(".test.ts"))).toEqual([]);
});
