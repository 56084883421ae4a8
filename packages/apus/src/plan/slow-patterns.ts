/** Finds regular expressions of inputs that a client can keep the process busy with. */
import { slowPatternsIn, type AnySchema } from "../schema/index.ts";
import type { Plan } from "./plan.ts";

/** A warning for each expression of an input that can take time that doubles with each character. */
export function slowPatterns(plans: readonly Plan[]): string[] {
  const known = new Map<AnySchema, readonly RegExp[]>();
  const told = new Set<string>();
  const warnings: string[] = [];
  for (const { fields, settings } of plans) {
    for (const { name, schema } of fields) {
      const found = known.get(schema) ?? slowPatternsIn(schema);
      known.set(schema, found);
      for (const pattern of found) {
        // One expression is told once, however many operations have it.
        if (told.has(String(pattern))) continue;
        told.add(String(pattern));
        warnings.push(
          `APUS_SLOW_PATTERN: ${settings.label}: the pattern ${String(pattern)} of "${name}" can divide a text in so many ways that a short one keeps the process busy for hours. Write it so that each text is taken in one way: /^(\\w+(\\s\\w+)*)?x$/ rather than /^(\\w+\\s?)*x$/.`,
        );
      }
    }
  }
  return warnings;
}
