/** Dates of cookies (RFC 6265, section 5.1.1): read as forgivingly as browsers read them. */

/** Everything that stands between the parts; the colon of the time does not. */
const delimiters = /[\t\u0020-\u002f\u003b-\u0040\u005b-\u0060\u007b-\u007e]+/;
const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)/;
const dayOfMonth = /^(\d{1,2})(?:\D|$)/;
const fullYear = /^(\d{2,4})(?:\D|$)/;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** @returns undefined for what is no date. */
export function parseCookieDate(text: string): Date | undefined {
  let time: RegExpExecArray | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const part of text.split(delimiters)) {
    const named = months.indexOf(part.slice(0, 3).toLowerCase());
    const found = { time: clock.exec(part), day: dayOfMonth.exec(part), year: fullYear.exec(part) };
    if (time === undefined && found.time !== null) time = found.time;
    else if (day === undefined && found.day !== null) day = Number(found.day[1]);
    else if (month === undefined && named >= 0) month = named;
    else if (year === undefined && found.year !== null) year = Number(found.year[1]);
  }
  if (time === undefined || day === undefined || month === undefined || year === undefined) return undefined;
  if (year < 70) year += 2000;
  else if (year < 100) year += 1900;
  const [hour, minute, second] = time.slice(1).map(Number) as [number, number, number];
  if (year < 1601 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(Date.UTC(year, month, day, hour, minute, second));
  // The 31st of a shorter month would be a day of the next one.
  return date.getUTCDate() === day ? date : undefined;
}
