// The rules that the present vectors need. Each has a section in docs/fastapi-differences.md with the same id.
import { documentationPages } from "./documentation-pages.ts";
import { jsonEncoding } from "./json-encoding.ts";
import type { Rule } from "./rule.ts";
import { slashRedirects } from "./slash-redirects.ts";
import { titles } from "./titles.ts";

export type { Rule, RuleContext } from "./rule.ts";

export const rules: readonly Rule[] = [titles, slashRedirects, documentationPages, jsonEncoding];
