// Puts captured values where a recorded request says `{{name}}`.
import { isObject } from "./match.ts";
import type { Captured } from "./match.ts";
import type { RecordedRequest } from "./vector.ts";

/**
 * Replaces `{{name}}` in every text of a request. In JSON, a text that is nothing but one placeholder becomes the value
 * as it was captured; everywhere else captured values are written as text.
 *
 * @throws Error if nothing was captured under that name.
 */
export function substitute(request: RecordedRequest, captured: Captured): RecordedRequest {
  const { json, ...texts } = request;
  const written = replaced(texts, (text) => inText(text, captured)) as RecordedRequest;
  return "json" in request ? { ...written, json: replaced(json, (text) => inJson(text, captured)) } : written;
}

function replaced(value: unknown, replace: (text: string) => unknown): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaced(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, replace)]));
}

function inJson(text: string, captured: Captured): unknown {
  const name = /^\{\{(\w+)\}\}$/.exec(text)?.[1];
  return name === undefined ? inText(text, captured) : taken(name, captured);
}

function inText(text: string, captured: Captured): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(taken(name, captured)));
}

function taken(name: string, captured: Captured): unknown {
  if (!captured.has(name)) throw new Error(`no earlier step of the case captured "${name}"`);
  return captured.get(name);
}
