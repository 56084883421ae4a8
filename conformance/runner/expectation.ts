// What one HTTP step expects: the assertions of FastAPI's test and what FastAPI was observed to answer, in one value
// that rules can transform and an answer is checked against.
import type { HttpStep, JsonCheck, TextCheck } from "./vector.ts";
import { isObject } from "./match.ts";

export type ExpectedBody =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "bytes"; readonly base64: string }
  | { readonly kind: "empty" };

export interface Redirect {
  readonly status: number;
  readonly location: string;
}

/** FastAPI's expected answer; after the rules, ours. Header names are in lower case. */
export interface ExpectedAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly headersPresent: readonly string[];
  readonly headersAbsent: readonly string[];
  readonly cookies: Readonly<Record<string, unknown>>;
  /** Each must hold: a body that a test asserts with matchers is held against the recorded one too. */
  readonly bodies: readonly ExpectedBody[];
  readonly contains: readonly string[];
  readonly notContains: readonly string[];
  readonly jsonChecks: readonly JsonCheck[];
  readonly textChecks: readonly TextCheck[];
  /** `undefined` where nothing was observed, so that redirects are not checked. */
  readonly redirects: readonly Redirect[] | undefined;
  /** The error of the handler that must reach the test client, instead of an answer. */
  readonly raises: { readonly type: string; readonly message?: string | undefined } | undefined;
}

/**
 * Joins `expect` and `observed` of a step. Values that changed between two recordings (`volatile`) are asserted only
 * to be there when they are part of a JSON body, and not at all when they are headers.
 */
export function expectedAnswer({ expect, observed }: HttpStep): ExpectedAnswer {
  const volatile = observed?.volatile ?? [];
  const bodies: ExpectedBody[] = [...recordedBodies(expect), ...recordedBodies(observed ?? {}, volatile)];
  const silent = observed !== undefined && bodies.length === 0;
  const partly = [expect.contains, expect.not_contains, expect.json_at, expect.text_checks].some(Boolean);
  const headers = { ...lowerCased(observed?.headers ?? {}, volatile), ...lowerCased(expect.headers ?? {}, []) };
  const untyped = observed?.headers !== undefined && !("content-type" in headers);
  return {
    status: expect.status ?? observed?.status,
    headers,
    headersPresent: expect.headers_present ?? [],
    headersAbsent: [...(expect.headers_absent ?? []), ...(untyped ? ["content-type"] : [])],
    cookies: expect.cookies ?? {},
    bodies: silent && !partly ? [{ kind: "empty" }] : bodies,
    contains: expect.contains ?? [],
    notContains: expect.not_contains ?? [],
    jsonChecks: expect.json_at ?? [],
    textChecks: expect.text_checks ?? [],
    redirects: observed === undefined ? undefined : (observed.redirects ?? []),
    raises: expect.raises,
  };
}

interface Recorded {
  readonly json?: unknown;
  readonly text?: string | undefined;
  readonly body_base64?: string | undefined;
}

function recordedBodies(recorded: Recorded, volatile: readonly string[] = []): ExpectedBody[] {
  const bodies: ExpectedBody[] = [];
  if ("json" in recorded) bodies.push({ kind: "json", value: loosen(recorded.json, pointersBelow("json", volatile)) });
  if (volatile.includes("/text") || volatile.includes("/body_base64")) return bodies;
  if (recorded.text !== undefined) bodies.push({ kind: "text", value: recorded.text });
  if (recorded.body_base64 !== undefined) bodies.push({ kind: "bytes", base64: recorded.body_base64 });
  return bodies;
}

/** The pointers (RFC 6901) that lead into one member, as decoded steps below it. */
function pointersBelow(member: string, pointers: readonly string[]): string[][] {
  return pointers
    .map((pointer) => pointer.split("/").slice(1))
    .map((steps) => steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~")))
    .filter((steps) => steps[0] === member)
    .map((steps) => steps.slice(1));
}

/** Puts a matcher for anything at each of the places. */
function loosen(value: unknown, places: readonly string[][]): unknown {
  if (places.length === 0) return value;
  if (places.some((steps) => steps.length === 0)) return { $match: "AnyThing" };
  const below = (key: string) => places.filter((steps) => steps[0] === key).map((steps) => steps.slice(1));
  if (Array.isArray(value)) return value.map((item, index) => loosen(item, below(String(index))));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, loosen(item, below(key))]));
}

function lowerCased(headers: Record<string, unknown>, volatile: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(headers).filter(([name]) => !volatile.includes(`/headers/${name}`));
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}
