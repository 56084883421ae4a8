/** The Content-Type against RFC 9110, section 8.3.1, character by character. */
import { parseMediaType, type MediaType } from "../../../src/exchange/media-type.ts";
import { same, type Target } from "../target.ts";
import { isTokenByRule } from "../unicode.ts";

const examples = [
  "application/json",
  "application/json; charset=utf-8",
  "Application/Problem+JSON",
  "application/geo+json-seq",
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "application/json, text/html",
  " application/json ",
  "application/ json",
  "application/json;",
  "application/+json",
  "application/json\u00a0",
  "/",
  "a/b/c",
  "json",
];
const tokens = ["/", ";", "+json", "application/", "json", " ", "\t", ",", "=", '"', "text", "*", "charset=", "\u00a0"];

function mediaTypeByRule(header: string | undefined): MediaType | undefined {
  let essence = header?.split(";")[0] ?? "";
  while (essence.startsWith(" ") || essence.startsWith("\t")) essence = essence.slice(1);
  while (essence.endsWith(" ") || essence.endsWith("\t")) essence = essence.slice(0, -1);
  const parts = essence.split("/");
  if (parts.length !== 2 || !parts.every(isTokenByRule)) return undefined;
  const lower = essence.toLowerCase();
  const [type, subtype] = lower.split("/") as [string, string];
  return { essence: lower, json: type === "application" && (subtype === "json" || subtype.endsWith("+json")) };
}

export const mediaType: Target<string, MediaType | undefined> = {
  name: "media-type",
  make: (random) => random.written(examples, tokens),
  read: parseMediaType,
  judge: (header, found) => same("the media type", found, mediaTypeByRule(header)),
  series: [
    (size) => " ".repeat(size),
    (size) => "a".repeat(size),
    (size) => `a/${"b".repeat(size)}`,
    (size) => `a/b${" ".repeat(size)}c`,
    (size) => `a/b;${" ".repeat(size)}`,
    (size) => "/".repeat(size),
  ],
};
