// Hundreds of environments, judged as pydantic-settings judged them; what is judged otherwise is listed in docs/settings.md.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { defaultsOf, ours, recorded, recordedCases } from "./recorded.ts";

const told = (entry: (typeof recordedCases)[number]): string => {
  const { value: _, wrong: __, apus: ___, because: ____, ...asked } = entry;
  return JSON.stringify(asked);
};

describe("as pydantic-settings", () => {
  test.each(recordedCases.filter(({ because }) => because === undefined).map((entry) => [told(entry), entry] as const))(
    "%s",
    (_, entry) => expect(ours(entry)).toEqual(recorded(entry)),
  );
});

describe("otherwise than pydantic-settings", () => {
  const differing = recordedCases.filter(({ because }) => because !== undefined);
  test.each(differing.map((entry) => [entry.because!, told(entry), entry] as const))("%s: %s", (_, __, entry) => {
    const answer = ours(entry);
    expect(answer).toEqual("wrong" in entry.apus! ? entry.apus : { ...defaultsOf(entry), ...entry.apus });
    expect(answer).not.toEqual(recorded(entry));
  });

  test("every reason is told in the documentation", () => {
    const page = readFileSync(new URL("../../../../docs/settings.md", import.meta.url), "utf8");
    const reasons = new Set(differing.map(({ because }) => because!));
    expect(reasons.size).toBeGreaterThan(5);
    expect([...reasons].filter((reason) => !page.includes(`**${reason}.**`))).toEqual([]);
  });
});
