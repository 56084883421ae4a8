import { describe, expect, it } from "vitest";
import {
  exposureText,
  readAperture,
  readExposure,
  readFocalLength,
  readIso,
  readName,
  readOrientation,
} from "./camera.ts";
import { faultyValue } from "./number.ts";
import { readPlace } from "./place.ts";
import type { RawTags } from "./tags.ts";
import { Warnings } from "./warning.ts";

function run<T>(reader: (tags: RawTags, warnings: Warnings) => T, tags: RawTags): [T, string[]] {
  const warnings = new Warnings();
  return [reader(tags, warnings), warnings.list.map(({ code }) => code)];
}

describe("exposure", () => {
  it.each([
    [[1, 989], { seconds: 0.00101112, text: "1/989" }],
    [[499, 10000], { seconds: 0.0499, text: "1/20" }],
    [[6, 1], { seconds: 6, text: "6" }],
    [[13, 10], { seconds: 1.3, text: "1.3" }],
    [[1, 2], { seconds: 0.5, text: "0.5" }],
    [[1, 32000], { seconds: 0.00003125, text: "1/32000" }],
  ])("reads %j", (value, expected) => expect(run(readExposure, { ExposureTime: value })).toEqual([expected, []]));

  it("reads the APEX value where a camera writes only that", () => {
    expect(run(readExposure, { ShutterSpeedValue: [7, 1] })).toEqual([{ seconds: 0.0078125, text: "1/128" }, []]);
  });

  it.each([
    [[0, 1], "unset_value"],
    [[0, 0], "unset_value"],
    [[1, 0], "unset_value"],
    [[-1, 100], "invalid_value"],
    [[4_294_967_295, 1], "invalid_value"],
    [["1", "2"], "invalid_value"],
    [faultyValue, "invalid_value"],
    [[], "invalid_value"],
    [{}, "invalid_value"],
  ])("gives null for %j: %s", (value, code) =>
    expect(run(readExposure, { ExposureTime: value })).toEqual([null, [code]]),
  );

  it("writes fractions below a quarter of a second and decimals above", () => {
    expect([0.249, 0.25, 0.3, 0.999, 1, 1.25, 30].map(exposureText)).toEqual([
      "1/4",
      "0.25",
      "0.3",
      "1",
      "1",
      "1.3",
      "30",
    ]);
  });
});

describe("aperture and focal length", () => {
  it("are fractions, in ranges that real lenses have", () => {
    expect(run(readAperture, { FNumber: [95, 100] })).toEqual([0.95, []]);
    expect(run(readAperture, { ApertureValue: [2275, 1000] })).toEqual([2.2, []]);
    expect(run(readFocalLength, { FocalLength: [83, 20] })).toEqual([4.15, []]);
    expect(run(readFocalLength, { FocalLength: [1200, 1] })).toEqual([1200, []]);
    expect(run(readFocalLength, { FocalLength: 50 })).toEqual([50, []]);
  });

  it("are null when a lens does not tell them or they make no sense", () => {
    expect(run(readAperture, { FNumber: [0, 10] })).toEqual([null, ["unset_value"]]);
    expect(run(readAperture, { FNumber: [4_294_967_295, 1] })).toEqual([null, ["invalid_value"]]);
    expect(run(readFocalLength, { FocalLength: [0, 0] })).toEqual([null, ["unset_value"]]);
    expect(run(readFocalLength, { FocalLength: [-50, 1] })).toEqual([null, ["invalid_value"]]);
    expect(run(readAperture, {})).toEqual([null, []]);
  });
});

describe("ISO", () => {
  it.each([
    [{ ISOSpeedRatings: 32 }, 32],
    [{ ISOSpeedRatings: [100, 0] }, 100],
    [{ ISOSpeedRatings: 65_535, RecommendedExposureIndex: 102_400 }, 102_400],
    [{ ISOSpeedRatings: 65_535, StandardOutputSensitivity: 204_800 }, 204_800],
    [{ ISOSpeed: 400 }, 400],
    [{}, null],
  ])("reads %j", (tags, expected) => expect(run(readIso, tags)).toEqual([expected, []]));

  it.each([
    [{ ISOSpeedRatings: 65_535 }, "unset_value"],
    [{ ISOSpeedRatings: 0 }, "unset_value"],
    [{ ISOSpeedRatings: -5 }, "invalid_value"],
    [{ ISOSpeedRatings: 99_999_999 }, "invalid_value"],
    [{ ISOSpeedRatings: ["100"] }, "invalid_value"],
    [{ ISOSpeedRatings: faultyValue }, "invalid_value"],
  ])("gives null for %j", (tags, code) => expect(run(readIso, tags)).toEqual([null, [code]]));
});

describe("names", () => {
  const make = (value: unknown) => run((tags, warnings) => readName(tags, "Make", "make", warnings), { Make: value });

  it("are trimmed and cleaned", () => {
    expect(make(["NIKON D100 "])).toEqual(["NIKON D100", []]);
    expect(make(["Caf\u00e9\u0007\r\nCam"])).toEqual(["Café Cam", []]);
    expect(make(["   "])).toEqual([null, []]);
    expect(make([])).toEqual([null, []]);
    expect(make(undefined)).toEqual([null, []]);
  });

  it("are null when they are no names", () => {
    expect(make(42)).toEqual([null, ["invalid_value"]]);
    expect(make(["x".repeat(5000)])).toEqual([null, ["invalid_value"]]);
    expect(make(faultyValue)).toEqual([null, ["invalid_value"]]);
  });
});

describe("orientation", () => {
  it("is one of eight", () => {
    expect(run(readOrientation, { Orientation: 6 })).toEqual([6, []]);
    expect(run(readOrientation, { Orientation: 0 })).toEqual([null, []]);
    expect(run(readOrientation, { Orientation: 9 })).toEqual([null, ["invalid_value"]]);
    expect(run(readOrientation, { Orientation: ["6"] })).toEqual([null, ["invalid_value"]]);
  });
});

describe("place", () => {
  const at = (latitude: unknown, north: unknown, longitude: unknown, east: unknown, rest: RawTags = {}) =>
    run(readPlace, {
      GPSLatitude: latitude,
      GPSLatitudeRef: north,
      GPSLongitude: longitude,
      GPSLongitudeRef: east,
      ...rest,
    });
  const dms = (d: number, m: number, s: number) => [
    [d, 1],
    [m, 1],
    [s, 1],
  ];

  it("is degrees with a sign", () => {
    expect(at(dms(40, 30, 36), ["N"], dms(116, 0, 0), ["E"])).toEqual([
      { latitude: 40.51, longitude: 116, altitude: null },
      [],
    ]);
    expect(at(dms(33, 51, 0), ["S"], dms(151, 12, 36), ["W"])[0]).toMatchObject({
      latitude: -33.85,
      longitude: -151.21,
    });
    expect(
      at(dms(1, 0, 0), ["N"], dms(1, 0, 0), ["E"], { GPSAltitude: [4301, 10], GPSAltitudeRef: 1 })[0],
    ).toMatchObject({
      altitude: -430.1,
    });
  });

  it("takes seconds that are not stated as none", () => {
    const value = [
      [41, 1],
      [5374, 100],
      [0, 0],
    ];
    expect(at(value, ["N"], value, ["E"])[0]).toMatchObject({ latitude: 41.8956667 });
  });

  it.each([
    ["no fix", dms(0, 0, 0), ["N"], dms(0, 0, 0), ["E"], "unset_value"],
    ["beyond the pole", dms(91, 0, 0), ["N"], dms(0, 0, 1), ["E"], "invalid_value"],
    ["beyond the date line", dms(1, 0, 0), ["N"], dms(181, 0, 0), ["E"], "invalid_value"],
    ["seventy minutes", dms(1, 70, 0), ["N"], dms(1, 0, 0), ["E"], "invalid_value"],
    [
      "division by zero",
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      ["N"],
      dms(1, 0, 0),
      ["E"],
      "invalid_value",
    ],
    ["no hemisphere", dms(1, 0, 0), undefined, dms(1, 0, 0), ["E"], "invalid_value"],
    ["a wrong hemisphere", dms(1, 0, 0), ["Q"], dms(1, 0, 0), ["E"], "invalid_value"],
    ["half of it", dms(1, 0, 0), ["N"], undefined, undefined, "invalid_value"],
    ["text", ["here"], ["N"], ["there"], ["E"], "invalid_value"],
  ])("is null for %s", (_, latitude, north, longitude, east, code) => {
    expect(at(latitude, north, longitude, east)).toEqual([null, [code]]);
  });
});
