import { expect, test } from "vitest";
import { parseHttpDate } from "./http-date.ts";

const moment = Date.UTC(1994, 10, 6, 8, 49, 37);

test.each([
  "Sun, 06 Nov 1994 08:49:37 GMT",
  "Sunday, 06-Nov-94 08:49:37 GMT",
  "Sun Nov  6 08:49:37 1994",
  " sun, 6 nov 1994 08:49:37 gmt ",
  "06 Nov 1994 08:49:37 GMT",
])("%j is a date", (text) => expect(parseHttpDate(text)).toBe(moment));

test.each([
  ["06-Nov-68 08:49:37 GMT", 2068],
  ["06-Nov-69 08:49:37 GMT", 1969],
])("two digits of a year: %s", (text, year) => expect(new Date(parseHttpDate(text)!).getUTCFullYear()).toBe(year));

test.each([
  "",
  "0",
  "*",
  "1994-11-06T08:49:37Z",
  "Sun, 06 Nov 1994 08:49:37 +0100",
  "Sun, 06 Nov 1994 08:49:37",
  "Sun, 06 Foo 1994 08:49:37 GMT",
  "Sun, 32 Nov 1994 08:49:37 GMT",
  "Tue, 30 Feb 2021 08:49:37 GMT",
  "Sun, 06 Nov 1994 24:49:37 GMT",
  "Sun, 06 Nov 1994 08:60:37 GMT",
  "Sun Nov 6 08:49:37 GMT 1994",
])("%j is none", (text) => expect(parseHttpDate(text)).toBeUndefined());
