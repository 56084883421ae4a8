// The runner's judgement on every recorded step: FastAPI's own answer passes, and one that differs in anything fails.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { checkAnswer, jsonOf } from "./check.ts";
import type { Answer } from "./client.ts";
import { expectedAnswer } from "./expectation.ts";
import { readRecordings } from "./load.ts";
import { applyRules } from "./run-case.ts";
import { isObject } from "./match.ts";
import { isHttpStep } from "./vector.ts";
import type { HttpStep } from "./vector.ts";

const recordings = readRecordings(fileURLToPath(new URL("../vectors", import.meta.url)));
const answered = recordings.flatMap(({ name, vector }) =>
  vector.cases.flatMap((one) =>
    one.steps
      .filter(isHttpStep)
      .filter((step) => step.expect.raises === undefined)
      .map((step, index) => ({ name: `${name} ${one.name} ${index}`, step, answer: recordedAnswer(step) })),
  ),
);

/** The answer as FastAPI gave it, put together from what is recorded of it. */
function recordedAnswer({ expect: asserted, observed }: HttpStep): Answer {
  const headers = new Headers();
  for (const [name, value] of Object.entries({ ...asserted.headers, ...observed?.headers }))
    headers.set(name, String(value));
  const recorded = { ...asserted, ...observed };
  const bytes = Buffer.from(recorded.body_base64 ?? "", "base64");
  const written = "json" in recorded ? JSON.stringify(recorded.json) : (recorded.text ?? bytes.toString());
  return {
    status: observed?.status ?? asserted.status ?? 200,
    headers,
    text: written === "" && asserted.contains !== undefined ? asserted.contains.join() : written,
    bytes: recorded.body_base64 === undefined ? Buffer.from(written) : bytes,
    redirects: observed?.redirects ?? [],
  };
}

/** Values that earlier steps capture change with every run; the recorded answers hold what was captured then. */
const capturing = (step: HttpStep) => JSON.stringify(step.expect).includes("$capture");

/** The steps for which a changed answer still passes. */
const passing = (change: (answer: Answer) => Answer) =>
  answered.filter(({ step, answer }) => checkAnswer(expectedAnswer(step), change(answer), new Map()).length === 0);

test("FastAPI's own answers pass", () => {
  const wrong = answered
    .filter(({ step }) => !capturing(step))
    .map(({ name, step, answer }) => ({ name, mismatches: checkAnswer(expectedAnswer(step), answer, new Map()) }))
    .filter(({ mismatches }) => mismatches.length > 0);
  expect(answered.length).toBeGreaterThan(600);
  expect(wrong).toEqual([]);
});

test("FastAPI's own answer fails where a rule says that ours is another", () => {
  const touched = answered
    .map(({ name, step, answer }) => ({ name, answer, ...applyRules(rules, expectedAnswer(step), step, name) }))
    .filter((one) => one.touched.length > 0);
  const accepted = touched.filter(({ expected, answer }) => checkAnswer(expected, answer, new Map()).length === 0);
  expect(touched.length).toBeGreaterThan(100);
  expect(accepted.map(({ name }) => name)).toEqual([]);
});

test.each<[string, (answer: Answer) => Answer]>([
  ["status", (answer) => ({ ...answer, status: answer.status + 1 })],
  ["redirect", (answer) => ({ ...answer, redirects: [...answer.redirects, { status: 307, location: "/" }] })],
  ["type", (answer) => ({ ...answer, headers: new Headers({ "content-type": "x/y" }) })],
  [
    "body",
    (answer) => ({ ...answer, text: `x${answer.text.slice(1)}`, bytes: Buffer.concat([answer.bytes, Buffer.of(0)]) }),
  ],
])("an answer with another %s always fails", (_, change) => {
  expect(passing(change).map(({ name }) => name)).toEqual([]);
});

test("an answer whose JSON lost its first member always fails", () => {
  const shortened = (answer: Answer): Answer => {
    const value = jsonOf(answer);
    const isList = Array.isArray(value);
    if (!isList && !isObject(value)) return { ...answer, status: 0 };
    if (Object.keys(value).length === 0) return { ...answer, status: 0 };
    const less = isList ? value.slice(1) : Object.fromEntries(Object.entries(value).slice(1));
    return { ...answer, text: JSON.stringify(less) };
  };
  expect(passing(shortened).map(({ name }) => name)).toEqual([]);
});
