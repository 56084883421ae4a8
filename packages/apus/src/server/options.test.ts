import { expect, test } from "vitest";
import { settingsOf, type ServeOptions } from "./options.ts";

test("without options there are limits and time-outs for everything", () => {
  expect(settingsOf({})).toEqual({
    host: "127.0.0.1",
    port: 8000,
    engine: "apus",
    headersTimeout: 15_000,
    requestTimeout: 60_000,
    sendTimeout: 60_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16_384,
    maxHeadersCount: 100,
    maxTargetLength: 8_192,
    maxRequestsPerSocket: 1_000,
    maxConnections: 10_000,
    drainDelay: 0,
    drainTimeout: 7_000,
    closeTimeout: 2_000,
    signals: true,
    rootPath: undefined,
    trustedProxies: undefined,
  });
});

test("undefined is the default, and what is given counts", () => {
  expect(settingsOf({ port: undefined, maxConnections: 3 })).toMatchObject({ port: 8000, maxConnections: 3 });
});

test("a short time for requests is one for headers, too", () => {
  expect(settingsOf({ requestTimeout: 100 }).headersTimeout).toBe(100);
});

const times = ["headersTimeout", "requestTimeout", "sendTimeout", "keepAliveTimeout"] as const;
const limits = [
  "maxHeaderSize",
  "maxHeadersCount",
  "maxTargetLength",
  "maxRequestsPerSocket",
  "maxConnections",
] as const;
const closing = ["drainDelay", "drainTimeout", "closeTimeout"] as const;
const wrong: readonly unknown[] = [Number.NaN, -1, 0.5, Infinity, 2 ** 31, "1000", null, {}, true];

test.each([
  ...[...times, ...limits].flatMap((name) => [...wrong, 0].map((value) => [name, value] as const)),
  ...closing.flatMap((name) => wrong.map((value) => [name, value] as const)),
  ...[...wrong, 65_536].map((value) => ["port", value] as const),
  ...["", null, 1].map((value) => ["host", value] as const),
  ...[null, 1, "yes"].map((value) => ["signals", value] as const),
])("%s: %j stops the start", (name, value) => {
  const settle = () => settingsOf({ [name]: value });
  expect(settle).toThrow(expect.objectContaining({ code: "APUS_SERVE_OPTION" }));
  expect(settle).toThrow(new RegExp(`: ${name} is .*; give `));
});

test("an option that there is not is named, with those there are", () => {
  expect(() => settingsOf({ drainTimout: 1 } as ServeOptions)).toThrow(
    /no option "drainTimout"; there are .*drainTimeout/,
  );
});

test("headers cannot take longer than the request they are part of", () => {
  expect(() => settingsOf({ headersTimeout: 20, requestTimeout: 10 })).toThrow(
    /headersTimeout is 20, longer than requestTimeout, 10/,
  );
});
