/** Why a value is refused, in pydantic's words: a problem that does not know yet where it is. */
export class Refusal {
  /** pydantic's error type: `"datetime_parsing"`. */
  readonly type: string;
  readonly msg: string;
  readonly ctx: Readonly<Record<string, unknown>> | undefined;

  constructor(type: string, msg: string, ctx?: Readonly<Record<string, unknown>>) {
    this.type = type;
    this.msg = msg;
    this.ctx = ctx;
  }
}

/** A refusal whose message ends with what is wrong, which `ctx` repeats. */
export function unparsable(type: string, msg: string, error: string): Refusal {
  return new Refusal(type, `${msg}, ${error}`, { error });
}

/** A string that holds half a surrogate pair is no text: JSON can say it, UTF-8 cannot. */
export const notUnicode = new Refusal(
  "string_unicode",
  "Input should be a valid string, unable to parse raw data as a unicode string",
);
