/** The reader of what only zod knows how to read: conversions by `z.coerce`, transforms, files, template literals. */
import { atOnce } from "./async-schema.ts";
import { messageOf, type RawIssue } from "./checks.ts";
import { INVALID } from "../problem.ts";
import type { Read } from "../read.ts";
import { problemOf } from "./standard.ts";
import { wordsOf, type Payload, type ZodSchema } from "../zod.ts";

/**
 * Lets zod read a value, its checks included. Not by zod's `validate`: that takes whatever is thrown inside for a sign that
 * the schema is asynchronous, and tries again.
 */
export function readZod(schema: ZodSchema): Read {
  return (value, problems) => {
    const payload: Payload = { value, issues: [] };
    // Without `async: false`, so that a check that answers later hands its promise on to be refused.
    const { issues, value: found } = atOnce(() => schema._zod.run(payload, {}));
    if (issues.length === 0) return found;
    for (const issue of issues as RawIssue[]) {
      problems.push(problemOf({ message: messageOf(issue, wordsOf), path: issue.path }, value));
    }
    return INVALID;
  };
}
