import { describe, expect, it } from "vitest";
import { parseWallTime, readWallTime } from "./wall-time.ts";
import { Warnings } from "./warning.ts";

function read(tags: Record<string, unknown>) {
  const warnings = new Warnings();
  return { time: readWallTime(tags, warnings), warnings: warnings.list.map(({ code, field }) => `${code}:${field}`) };
}

describe("parseWallTime", () => {
  it.each([
    ["2016:03:24 14:49:51", "2016-03-24T14:49:51"],
    ["2016-03-24 14:49:51", "2016-03-24T14:49:51"],
    ["2016/03/24 14:49:51", "2016-03-24T14:49:51"],
    ["2016:03:24T14:49:51.123", "2016-03-24T14:49:51"],
    ["2016:03:24 14:49:51\0", "2016-03-24T14:49:51"],
    ["2024:02:29 00:00:00", "2024-02-29T00:00:00"],
    ["2000:02:29 23:59:59", "2000-02-29T23:59:59"],
  ])("reads %j", (text, expected) => expect(parseWallTime(text)).toBe(expected));

  it.each([
    "0000:00:00 00:00:00",
    "2013:05:26 16:05:92",
    "2013:05:26 24:00:00",
    "2013:05:26 12:60:00",
    "2013:13:01 12:00:00",
    "2013:00:01 12:00:00",
    "2013:04:31 12:00:00",
    "2023:02:29 12:00:00",
    "1900:02:29 12:00:00",
    "2013:05:26",
    "26.05.2013 16:05:00",
    "yesterday",
    `${"9".repeat(100_000)}:01:01 00:00:00`,
  ])("refuses %j", (text) => expect(parseWallTime(text)).toBeNull());
});

describe("readWallTime", () => {
  it("keeps a wall time that no zone of the server may have: the clocks went forward over it", () => {
    expect(read({ DateTimeOriginal: ["2026:03:29 02:30:00"] })).toEqual({
      time: { local: "2026-03-29T02:30:00", offset: null, utc: null, tag: "DateTimeOriginal" },
      warnings: [],
    });
  });

  it.each([
    ["+02:00", "+02:00", "2016-03-24T22:30:00Z"],
    ["-03:30", "-03:30", "2016-03-25T04:00:00Z"],
    ["+14:00", "+14:00", "2016-03-24T10:30:00Z"],
    ["Z", "+00:00", "2016-03-25T00:30:00Z"],
    ["+0530", "+05:30", "2016-03-24T19:00:00Z"],
  ])("takes the offset %s and tells the instant", (written, offset, utc) => {
    const { time, warnings } = read({ DateTimeOriginal: ["2016:03:25 00:30:00"], OffsetTimeOriginal: [written] });
    expect(time).toEqual({ local: "2016-03-25T00:30:00", offset, utc, tag: "DateTimeOriginal" });
    expect(warnings).toEqual([]);
  });

  it.each(["+25:00", "-13:00", "+02:75", "Rome", "2"])("reports the offset %j and goes on without", (written) => {
    const { time, warnings } = read({ DateTimeOriginal: ["2016:03:25 00:30:00"], OffsetTimeOriginal: [written] });
    expect(time).toMatchObject({ local: "2016-03-25T00:30:00", offset: null, utc: null });
    expect(warnings).toEqual(["invalid_value:taken"]);
  });

  it("ignores a blank offset, and the offset of another time", () => {
    const tags = { DateTimeOriginal: ["2016:03:25 00:30:00"], OffsetTimeOriginal: ["   :  "], OffsetTime: ["+02:00"] };
    expect(read(tags)).toMatchObject({ time: { offset: null }, warnings: [] });
  });

  it("tries the next tag when one is unusable, and says which it took", () => {
    expect(read({ DateTimeOriginal: ["0000:00:00 00:00:00"], DateTimeDigitized: ["2016:03:25 00:30:00"] })).toEqual({
      time: { local: "2016-03-25T00:30:00", offset: null, utc: null, tag: "DateTimeDigitized" },
      warnings: ["unset_value:taken"],
    });
    expect(read({ DateTimeOriginal: [], DateTime: ["2016:03:25 00:30:00"] })).toMatchObject({
      time: { tag: "DateTime" },
      warnings: ["fallback_value:taken"],
    });
    expect(read({ DateTimeOriginal: 20160325 })).toEqual({ time: null, warnings: ["invalid_value:taken"] });
    expect(read({ DateTimeOriginal: ["    :  :     :  :  "] })).toEqual({
      time: null,
      warnings: ["unset_value:taken"],
    });
    expect(read({})).toEqual({ time: null, warnings: [] });
  });
});
