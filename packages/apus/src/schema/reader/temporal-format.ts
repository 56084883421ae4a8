/**
 * zod's formats of dates, times and durations (`z.iso.datetime()` …): zod decides what it accepts, the value stays the text,
 * and what it refuses is told in pydantic's words.
 */
import {
  readDatetime,
  readDuration,
  readLaxDate,
  readStrictDate,
  readTime,
  Refusal,
  unparsable,
} from "../../wire/index.ts";
import { fail, problem } from "../problem.ts";
import type { Read } from "../read.ts";
import type { Payload, ZodCheck } from "../zod.ts";

/** Why a text is refused that zod does not accept; `accepts` asks zod about another one. */
type Explain = (text: string, accepts: (text: string) => boolean) => Refusal;

const tooShort = "input is too short";
const extra = "unexpected extra characters at the end of the input";

/** What pydantic would have said, first as FastAPI reads, then as strictly as it can. */
function refusalOf(text: string, ...reads: readonly ((text: string) => object)[]): Refusal | undefined {
  for (const read of reads) {
    const found = read(text);
    if (found instanceof Refusal) return found;
  }
  return undefined;
}

const datetime: Explain = (text, accepts) => {
  const found = refusalOf(
    text,
    (each) => readDatetime(each, "lax"),
    (each) => readDatetime(each, "strict"),
  );
  if (found !== undefined) return found;
  // A date and time to pydantic: it is the options of the format that ask for more, or for less.
  if (accepts(`${text}Z`)) return new Refusal("timezone_aware", "Input should have timezone info");
  const bare = text.replace(/(?:[zZ]|[+-]\d\d:?\d\d)$/, "");
  const offset = text.slice(bare.length);
  let error = extra;
  if (text[10] !== "T") error = "invalid datetime separator, expected `T`, `t`, `_` or space";
  else if (offset !== "" && (accepts(`${bare}Z`) || accepts(bare))) error = "invalid timezone sign";
  else if (accepts(`${bare}:00${offset}`)) error = tooShort;
  return unparsable("datetime_parsing", "Input should be a valid datetime", error);
};

const date: Explain = (text) =>
  refusalOf(
    text,
    (each) => readLaxDate(each),
    (each) => readStrictDate(each),
  ) ?? unparsable("date_parsing", "Input should be a valid date in the format YYYY-MM-DD", extra);

const time: Explain = (text, accepts) => {
  const found = readTime(text, "strict");
  if (found instanceof Refusal) return found;
  if (found.offset !== null) return new Refusal("timezone_naive", "Input should not have timezone info");
  const error = accepts(`${text}:00`) ? tooShort : extra;
  return unparsable("time_parsing", "Input should be in a valid time format", error);
};

const duration: Explain = (text) => {
  const found = readDuration(text, "lax");
  if (found instanceof Refusal) return found;
  const error = !text.startsWith("P")
    ? "invalid digit in duration"
    : /[.,]/.test(text)
      ? "quantity fraction invalid in duration"
      : "quantity invalid in date part of duration";
  return unparsable("time_delta_parsing", "Input should be a valid timedelta", error);
};

const formats: Readonly<Record<string, Explain>> = { datetime, date, time, duration };

/** The check of such a format, or undefined for another one, and for one with a message of its author's own. */
export function temporalFormat(check: ZodCheck): Read | undefined {
  const { format = "", error } = check._zod.def;
  const explain = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (explain === undefined || error !== undefined) return undefined;
  const accepts = (text: string): boolean => {
    const payload: Payload = { value: text, issues: [] };
    check._zod.check(payload);
    return payload.issues.length === 0;
  };
  return (value, problems) => {
    const text = value as string;
    if (accepts(text)) return value;
    const { type, msg, ctx } = explain(text, accepts);
    return fail(problems, problem(type, msg, value, ctx));
  };
}
