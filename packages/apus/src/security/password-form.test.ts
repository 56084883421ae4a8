// The two secrets of a login form are hidden by what they are declared as, whoever reads them.
import { expect, test } from "vitest";
import { isDependency } from "../dependency/index.ts";
import { isLocated } from "../input/index.ts";
import { compileReader, INVALID, type Problem } from "../schema/index.ts";
import { passwordForm, passwordFormStrict } from "./password-form.ts";

test.each([
  ["passwordForm", passwordForm],
  ["passwordFormStrict", passwordFormStrict],
])("%s", (_, dependency) => {
  if (!isDependency(dependency)) throw new TypeError("no dependency");
  const echoed = Object.entries(dependency.input).map(([name, field]) => {
    if (!isLocated(field)) throw new TypeError("no field of a form");
    const problems: Problem[] = [];
    // A text is never refused, but an uploaded file in its place would be.
    expect(compileReader(field.schema)(["hunter2"], problems)).toBe(INVALID);
    return [name, problems[0]!.input];
  });
  const shown = ["hunter2"];
  expect(Object.fromEntries(echoed)).toEqual({
    grant_type: shown,
    username: shown,
    password: "**********",
    scope: shown,
    client_id: shown,
    client_secret: "**********",
  });
});
