/** The dates of HTTP headers (RFC 9110, section 5.6.7): the form that is sent today and the two older ones. */

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const today = /^(?:[a-z]{3,9}, *)?(\d{1,2})[ -]([a-z]{3})[ -](\d{4}|\d\d) (\d\d):(\d\d):(\d\d) GMT$/i;
const asctime = /^[a-z]{3} ([a-z]{3}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/i;

/** @returns Milliseconds since 1970, or undefined for what is no date of HTTP. */
export function parseHttpDate(text: string): number | undefined {
  const trimmed = text.trim();
  const usual = today.exec(trimmed);
  if (usual !== null) {
    const [, day, month, year, ...time] = usual as unknown as [string, string, string, string, string, string, string];
    return momentOf(fullYear(year), month, day, time);
  }
  const old = asctime.exec(trimmed);
  if (old === null) return undefined;
  const [, month, day, hours, minutes, seconds, year] = old as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return momentOf(Number(year), month, day, [hours, minutes, seconds]);
}

/** Two digits are those of the years from 1969 to 2068, as Python reads them. */
function fullYear(year: string): number {
  const value = Number(year);
  return year.length === 4 ? value : value + (value < 69 ? 2000 : 1900);
}

function momentOf(year: number, month: string, day: string, time: readonly string[]): number | undefined {
  const at = months.indexOf(month.toLowerCase());
  const [hours = 0, minutes = 0, seconds = 0] = time.map(Number);
  const moment = Date.UTC(year, at, Number(day), hours, minutes, seconds);
  // Date.UTC carries over what is too large: the 31st of February would be a day in March. A leap second may be one more.
  const fits =
    hours < 24 && minutes < 60 && seconds <= 60 && new Date(Date.UTC(year, at, Number(day))).getUTCMonth() === at;
  return at >= 0 && fits ? moment : undefined;
}
