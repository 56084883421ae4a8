/** Finds limits of forms that no request can come to, because the limit of the whole body is lower. */
import { carriesFiles } from "../input/index.ts";
import type { Plan } from "./plan.ts";

/** A warning for each operation that allows larger files than bodies. */
export function unreachableLimits(plans: readonly Plan[]): string[] {
  return plans.flatMap(({ fields, settings }) => {
    const { bodyLimit } = settings;
    const { maxFileSize } = settings.formLimits;
    // Nobody said one.
    if (maxFileSize === Number.MAX_SAFE_INTEGER) return [];
    if (maxFileSize <= bodyLimit || !fields.some(carriesFiles)) return [];
    return `APUS_LIMIT: ${settings.label}: formLimits.maxFileSize is ${maxFileSize}, but bodyLimit, which holds for the whole form, is ${bodyLimit}: larger files are refused. Raise both.`;
  });
}
