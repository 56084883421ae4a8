/** A value as the output schema of its operation writes it: in its JSON form, or as JSON text. */
import { ResponseValidationError } from "../error/index.ts";
import { INVALID, type Problem } from "../schema/index.ts";
import type { Plan } from "./plan.ts";

/** @throws ResponseValidationError for a value that `output` does not allow. */
export function written(plan: Plan, value: unknown): unknown {
  const problems: Problem[] = [];
  const found = plan.write!(value, problems);
  if (found === INVALID) throw new ResponseValidationError(plan.settings.label, problems);
  return found;
}

/** @throws ResponseValidationError for a value that `output` does not allow. */
export function writtenText(plan: Plan, value: unknown): string {
  const problems: Problem[] = [];
  const found = plan.writeText!(value, problems);
  if (found === INVALID) throw new ResponseValidationError(plan.settings.label, problems);
  return found;
}
