// What a rule of docs/fastapi-differences.md is in code.
import type { ExpectedAnswer } from "../runner/expectation.ts";
import type { RecordedRequest } from "../runner/vector.ts";

/** The step that a rule looks at. */
export interface RuleContext {
  /** The name of the vector file, such as `body__tutorial001_py310.json`. */
  readonly vector: string;
  readonly request: RecordedRequest;
}

/**
 * One decided difference from FastAPI. `transform` takes what FastAPI answers and returns what Apus answers instead,
 * which is then asserted in full. It is pure, and returns the very same value for a step that it does not touch.
 */
export interface Rule {
  readonly id: string;
  readonly transform: (answer: ExpectedAnswer, context: RuleContext) => ExpectedAnswer;
}
