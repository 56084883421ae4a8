/** Base64 and the credentials in it: Python's lenient decoder as a grammar, pydantic's strict one as another. */
import { readBasic, type HTTPBasicCredentials } from "../../../src/security/basic-credentials.ts";
import { authorizationOf } from "../../../src/security/authorization.ts";
import { decodeBase64, encodeBase64, type Base64Alphabet } from "../../../src/wire/base64.ts";
import { exchangeOf } from "../incoming.ts";
import type { Random } from "../random.ts";
import { same, type Target } from "../target.ts";
import { stripLatin1 } from "../unicode.ts";

interface Told {
  readonly header: unknown;
  readonly basic: HTTPBasicCredentials | "malformed";
  readonly decoded: Readonly<Record<Base64Alphabet, string>>;
}

const examples = ["YTpi", "dXNlcjpwYXNz", "YQ==", "YWI=", "YQ", "YWI", "Y Q=\n=", "====", "YQ=b", "YQ==YQ==", "Basic YTpi", "Bearer", "bearer  x ", "Basic\tYTpi", "_-8=", "+/8=", "Zm9v", "YR==", "dTpwOnE="]; // prettier-ignore
const tokens = ["A", "Q", "=", "==", "+", "/", "-", "_", " ", "Basic ", ":", "YTpi", "\u00e9", "\n", "z", "9"];

function reading(text: string): Told {
  const decoded = (alphabet: Base64Alphabet): string => {
    const bytes = decodeBase64(text, alphabet);
    return bytes instanceof Uint8Array ? Buffer.from(bytes).toString("hex") : "refused";
  };
  const basic = readBasic(text);
  return {
    header: authorizationOf(exchangeOf({ headers: ["authorization", text] }).request),
    basic: typeof basic === "symbol" ? "malformed" : basic,
    decoded: { any: decoded("any"), standard: decoded("standard"), url: decoded("url") },
  };
}

/** What Python's binascii documents: other characters are skipped, and padding ends the data where it fits. */
function leniently(text: string, letters: RegExp): string {
  const known = [...text].filter((char) => char === "=" || letters.test(char)).join("");
  const quads = /^(?:=*[^=]=*[^=]=?[^=][^=])*/.exec(known)![0];
  const rest = known.slice(quads.length);
  const last = /^=*[^=]=*[^=](?:==|=?[^=]=)/.exec(rest)?.[0];
  if (last === undefined && rest.replaceAll("=", "") !== "") return "refused";
  return decoded(quads + (last ?? ""));
}

const decoded = (letters: string): string => Buffer.from(letters.replaceAll("=", ""), "base64").toString("hex");

/** Either alphabet, padding as one likes but only where it can be, and no bit that counts for nothing. */
function strictly(text: string): string {
  const found = /^(?:([A-Za-z0-9+/]*)|([A-Za-z0-9_-]*))(={0,2})$/.exec(text);
  if (found === null) return "refused";
  const letters = found[1] ?? found[2]!;
  const over = letters.length % 4;
  const pads = found[3]!.length;
  if (over === 1 || (pads > 0 && (over < 2 || over + pads > 4))) return "refused";
  const bytes = Buffer.from(letters, "base64");
  // Written again without padding it has to be the same letters.
  const again = bytes.toString("base64url");
  return again === letters.replaceAll("+", "-").replaceAll("/", "_") ? bytes.toString("hex") : "refused";
}

function basicByRule(text: string): Told["basic"] {
  if ([...text].some((char) => char > "\u007f")) return "malformed";
  const hex = leniently(text, /[A-Za-z0-9+/]/);
  if (hex === "refused") return "malformed";
  const bytes = [...Buffer.from(hex, "hex")];
  const colon = bytes.indexOf(58);
  if (colon < 0 || bytes.some((byte) => byte > 127)) return "malformed";
  return {
    username: String.fromCharCode(...bytes.slice(0, colon)),
    password: String.fromCharCode(...bytes.slice(colon + 1)),
  };
}

export const credentials: Target<string, Told> = {
  name: "credentials",
  cost: 2,
  make: (random: Random) =>
    random.oneIn(4) ? random.text(24, "ABCDwxyz0189+/-_==") : random.written(examples, tokens),
  read: reading,
  judge(text, told) {
    const space = text.indexOf(" ");
    const header = {
      value: text,
      scheme: space < 0 ? text : text.slice(0, space),
      credentials: space < 0 ? "" : stripLatin1(text.slice(space + 1)),
    };
    same("the header", told.header, text === "" ? null : header);
    same("the credentials", told.basic, basicByRule(text));
    same("any base64", told.decoded.any, strictly(text));
    same("standard base64", told.decoded.standard, leniently(text, /[A-Za-z0-9+/]/));
    same("base64 of addresses", told.decoded.url, leniently(text, /[A-Za-z0-9+/_-]/));
    const bytes = Buffer.from(text, "latin1");
    same("written in base64", encodeBase64(bytes, "standard"), bytes.toString("base64"));
    same("written for addresses", encodeBase64(bytes, "any").replaceAll("=", ""), bytes.toString("base64url"));
  },
  series: [
    (size) => "A".repeat(size),
    (size) => "=".repeat(size),
    (size) => "A=".repeat(size / 2),
    (size) => `Basic ${" ".repeat(size)}x`,
    (size) => `AA${"=".repeat(size)}`,
    (size) => " ".repeat(size),
  ],
};
