/** The wire room: texts of the wire as values and back, by the rules and in the words of pydantic. It imports nothing. */
export { asciiText, knownBytes, rememberBytes, useAsciiText } from "./ascii-text.ts";
export {
  calendarDateOf,
  compareDates,
  midnight,
  printCalendarDate,
  readStrictDate,
  type CalendarDate,
  type Constrain,
} from "./date.ts";
export {
  compareDatetimes,
  dateOfDatetime,
  datetimeOfDate,
  printDate,
  printDatetime,
  printJsonDate,
  readDatetime,
  readLaxDate,
  type Datetime,
} from "./datetime.ts";
export {
  compareDurations,
  durationOfSeconds,
  printDuration,
  readDuration,
  secondsOfDuration,
  type Duration,
} from "./duration.ts";
export { parseUrl } from "./parse-url.ts";
export { Refusal, unparsable } from "./refusal.ts";
export { compareTimes, printTime, readTime, type Time } from "./time.ts";
export { decodeBase64, encodeBase64, type Base64Alphabet } from "./base64.ts";
export {
  decimalError,
  decimalOf,
  floatText,
  parseDecimal,
  printDecimal,
  type Decimal,
  type DecimalLimits,
} from "./decimal.ts";
export { canonicalIp, ipNumber, type IpKind, type IpVersion } from "./ip.ts";
export { exactNumber, IntegralFloat } from "./exact-number.ts";
export { strip, words } from "./python-space.ts";
export { readJsonText } from "./json-text.ts";
export { httpLimits, normalizeUrl, type UrlLimits } from "./url.ts";
export { utf8Bytes, utf8Text } from "./utf8.ts";
