import { expect, test } from "vitest";
import { camelCase } from "./names.ts";

test.each([
  ["common_parameters", "commonParameters"],
  ["get_settings_override", "getSettingsOverride"],
  ["app", "app"],
  ["app2", "app2"],
  ["_private", "_private"],
])("%s is %s", (python, ours) => {
  expect(camelCase(python)).toBe(ours);
});
