/**
 * The convertors of path parameters: what each one accepts, as in FastAPI, and how far it can reach inside a text that holds
 * more than it.
 */

interface Convertor {
  /** What a whole text has to be. */
  readonly accepts: RegExp;
  /**
   * For every place in a text: where the longest value ends that begins there and ends at one of `stops`; -1 where there is none.
   * One walk from the end of the text to its beginning, so that nothing is tried twice.
   */
  longest(text: string, stops: Stops): Ends;
}

/** For each place of a text, and for its end: 1 where a value may end. */
export type Stops = Uint8Array;
type Ends = Int32Array;

const slash = 0x2f;
const point = 0x2e;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Values of one or more characters, all of one kind. */
function longestRun(text: string, stops: Stops, belongs: (code: number) => boolean): Ends {
  const ends = new Int32Array(stops.length).fill(-1);
  let furthest = -1;
  for (let at = text.length; at >= 0; at--) {
    if (at === text.length || !belongs(text.charCodeAt(at))) furthest = -1;
    else ends[at] = furthest;
    if (furthest < 0 && stops[at] === 1) furthest = at;
  }
  return ends;
}

/** Digits, with a point and more digits behind them or without. */
function longestFloat(text: string, stops: Stops): Ends {
  const whole = longestRun(text, stops, isDigit);
  const ends = whole.slice();
  let fraction = -1;
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) fraction = code === point ? whole[at + 1]! : -1;
    // The point follows all of the digits, so whatever ends behind it is longer.
    else if (fraction >= 0) ends[at] = fraction;
  }
  return ends;
}

/** Everything, slashes and nothing at all included. */
function longestRest(text: string, stops: Stops): Ends {
  const last = stops.lastIndexOf(1);
  return new Int32Array(stops.length).fill(last, 0, last + 1).fill(-1, last + 1);
}

const uuid = "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}";
const uuidHere = new RegExp(uuid, "y");

/** The text decides where its dashes are, so from each place there is one UUID or none. */
function longestUuid(text: string, stops: Stops): Ends {
  return new Int32Array(stops.length).map((_, at) => {
    uuidHere.lastIndex = at;
    return uuidHere.test(text) && stops[uuidHere.lastIndex] === 1 ? uuidHere.lastIndex : -1;
  });
}

export const convertors = {
  str: { accepts: /^[^/]+$/, longest: (text, stops) => longestRun(text, stops, (code) => code !== slash) },
  path: { accepts: /^/, longest: longestRest },
  int: { accepts: /^\d+$/, longest: (text, stops) => longestRun(text, stops, isDigit) },
  float: { accepts: /^\d+(?:\.\d+)?$/, longest: longestFloat },
  uuid: { accepts: new RegExp(`^${uuid}$`), longest: longestUuid },
} as const satisfies Readonly<Record<string, Convertor>>;

export type ConvertorName = keyof typeof convertors;

export function isConvertor(name: string): name is ConvertorName {
  return Object.hasOwn(convertors, name);
}
