import { expect, test } from "vitest";
import { parseCookieDate } from "./cookie-date.ts";

test.each([
  ["Wed, 09 Jun 2021 10:18:14 GMT", "2021-06-09T10:18:14.000Z"],
  ["Wednesday, 09-Jun-21 10:18:14 GMT", "2021-06-09T10:18:14.000Z"],
  ["Wed Jun  9 10:18:14 2021", "2021-06-09T10:18:14.000Z"],
  ["Thu, 01-Jan-70 00:00:00 GMT", "1970-01-01T00:00:00.000Z"],
  ["Thu, 01-Jan-69 00:00:00 GMT", "2069-01-01T00:00:00.000Z"],
  ["10:18:14 2021 june 9th", "2021-06-09T10:18:14.000Z"],
  ["9 Jun 2021 1:2:3", "2021-06-09T01:02:03.000Z"],
  ["29 Feb 2024 00:00:00", "2024-02-29T00:00:00.000Z"],
])("%s", (text, date) => expect(parseCookieDate(text)?.toISOString()).toBe(date));

test.each([
  "",
  "never",
  "Wed, 09 Jun 2021",
  "Jun 2021 10:18:14",
  "9 2021 10:18:14",
  "9 Jun 10:18:14",
  "30 Feb 2024 00:00:00",
  "0 Jun 2021 00:00:00",
  "32 Jun 2021 00:00:00",
  "9 Jun 1600 00:00:00",
  "9 Jun 2021 24:00:00",
  "9 Jun 2021 00:60:00",
  "9 Jun 2021 00:00:60",
  "9 Jun 2021 10:18",
])("%j is no date", (text) => expect(parseCookieDate(text)).toBeUndefined());
