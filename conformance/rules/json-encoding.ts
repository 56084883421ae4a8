// D16-json-encoding: FastAPI writes the items of a stream without a type as Python does by default, with a space after each
// comma and colon and nothing but ASCII. Ours are written as every other answer is. The rule takes away exactly that, in JSON
// Lines and in the data of events.
import type { Rule } from "./rule.ts";

/** What stands before the JSON of a line, by media type. */
const prefixes: Readonly<Record<string, string>> = { "application/jsonl": "", "text/event-stream": "data: " };

export const jsonEncoding: Rule = {
  id: "D16-json-encoding",
  transform(answer) {
    const type = String(answer.headers["content-type"]).split(";", 1)[0]!;
    if (!Object.hasOwn(prefixes, type)) return answer;
    const bodies = answer.bodies.map((body) => {
      const value = body.kind === "text" ? compact(body.value, prefixes[type]!) : undefined;
      return body.kind !== "text" || value === body.value ? body : { ...body, value: value! };
    });
    return bodies.every((body, index) => body === answer.bodies[index]) ? answer : { ...answer, bodies };
  },
};

function compact(text: string, prefix: string): string {
  const lines = text.split("\n").map((line) => {
    if (!line.startsWith(prefix) || !isJson(line.slice(prefix.length))) return line;
    return prefix + line.slice(prefix.length).replaceAll(/"(?:[^"\\]|\\.)*"|, |: /g, part);
  });
  return lines.join("\n");
}

function part(found: string): string {
  if (!found.startsWith('"')) return found.trimEnd();
  // Pairs of escapes are characters of their own, also behind an escaped backslash.
  return found.replaceAll(/\\(?:u([0-9a-f]{4})|.)/g, (escape, code: string | undefined) => {
    const character = code === undefined ? undefined : String.fromCharCode(Number.parseInt(code, 16));
    return character !== undefined && character >= "\u007f" ? character : escape;
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
