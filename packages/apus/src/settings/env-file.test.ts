import { describe, expect, test } from "vitest";
import { expanded, readEnvFile } from "./env-file.ts";

// What values come out is compared with python-dotenv in test/settings; here is what it does not tell.
describe("lines", () => {
  test.each([
    ["A=1\nB\n=2\nC=3", { A: 1, C: 4 }, [2, 3]],
    ["\n\n# c\n  A='x\ny'\nB=1", { A: 4, B: 6 }, []],
    ["A=1\r\nB='x\r\ny'\r\nC=1\rD=1", { A: 1, B: 2, C: 4, D: 5 }, []],
    ["A='open\nB=2\n", { B: 2 }, [1]],
    ["A='x' y\nB=1", { B: 2 }, [1]],
    ["'A\nB=1", { B: 2 }, [1]],
    ["", {}, []],
    ["\uFEFF\n", {}, []],
    ["A", {}, [1]],
  ])("of %j", (text, numbers, malformed) => {
    const found = readEnvFile(text);
    expect(Object.fromEntries(found.lines.map(({ name, line }) => [name, line]))).toEqual(numbers);
    expect(found.malformed).toEqual(malformed);
  });

  const long = 200_000;
  test.each([
    ["quotes that are never closed", "A='x\n".repeat(long)],
    ["backslashes in quotes", `A="${"\\".repeat(long)}`],
    ["spaces", `A=${" ".repeat(long)}#`],
    ["names", "a".repeat(long)],
    ["spaces behind a name", `a${" ".repeat(long)}`],
    ["spaces in front of signs", `A=${" x".repeat(long)}`],
  ])("takes time in proportion to %s", (_, text) => {
    const { lines, malformed } = readEnvFile(text);
    expect(lines.length + malformed.length).toBeGreaterThan(0);
  });
});

describe("references", () => {
  const known: Readonly<Record<string, string>> = { A: "1", EMPTY: "" };
  test.each([
    ["${A}", "1"],
    ["x${A}y${A}z", "x1y1z"],
    ["$A", "$A"],
    ["${A", "${A"],
    ["${A:-2}", "1"],
    ["${B:-2}", "2"],
    ["${B:-}", ""],
    ["${EMPTY:-2}", ""],
    ["${B}", undefined],
    ["${A:x}", "${A:x}"],
    ["${A:x${A}", "${A:x1"],
    ["${B:-${A}}", "${A}"],
    ["}${A}{", "}1{"],
    ["", ""],
  ])("%j", (value, result) => expect(expanded(value, (name) => known[name], 100)).toBe(result));

  test.each([["${x:"], ["${"], ["${A}"], ["${x:}"], ["}"]])("takes time in proportion to many %j", (piece) => {
    expect(expanded(`${piece.repeat(100_000)}}`, (name) => known[name], 1_000_000)).not.toBe("");
  });

  test.each([
    ["${A}${A}${A}", "111"],
    ["12${A}", "121"],
    ["${A}23", "123"],
    ["${A}${A}${A}${A}", null],
    ["123${A}", null],
    ["${A}234", null],
    ["${B:-1234}", null],
    ["${LONG:-1}", null],
    ["x${LONG}", null],
  ])("%j of at most three characters", (value, result) => {
    expect(expanded(value, (name) => (name === "LONG" ? null : known[name]), 3)).toBe(result);
  });
});
