/**
 * What FastAPI 0.141 said to credentials and login forms, recorded from the live framework: every scheme with the values that
 * it takes for absent, refuses as malformed even where credentials are optional, and reads.
 */
import { readFileSync } from "node:fs";

/** A query string, or the lines of a header. */
export type Sent = string | readonly string[];

export interface RecordedScheme {
  readonly challenge: string;
  /** `query`, or the header's name. */
  readonly location: string;
  readonly absent: readonly Sent[];
  readonly malformed: readonly Sent[];
  readonly read: readonly (readonly [sent: Sent, value: unknown])[];
}

/** A form, and what the lax and the strict form class made of it: their attributes, or the 422's detail. */
export type RecordedForm = readonly [
  form: string,
  lax: readonly [status: number, said: unknown],
  strict: readonly [status: number, said: unknown],
];

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

export const recordedSchemes = recorded("fastapi-schemes.json") as Readonly<Record<string, RecordedScheme>>;
export const recordedForms = recorded("fastapi-forms.json") as readonly RecordedForm[];
