/** Names, ids and summaries of operations. */
import type { NameOperation } from "./types.ts";

/** `readItem` as Python writes it, `read_item`. What is written that way already stays as it is, `_` at its ends included. */
function snakeCase(name: string): string {
  if (!/[a-z]/.test(name)) return name;
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** The summary a name gives, as FastAPI makes it of `read_item`: "Read Item". */
export function summaryOf(name: string): string {
  return snakeCase(name)
    .replaceAll("_", " ")
    .toLowerCase()
    .replaceAll(/\p{L}+/gu, (word) => word[0]!.toUpperCase() + word.slice(1));
}

/** The ways Apus has of naming operations. `keys` is the default. */
export const operationIds = {
  /** The keys that lead to it: `items_readItem`. */
  keys: ({ keys }) => keys.join("_"),
  /** As FastAPI names a function `read_item`: `read_item_items__item_id__get`. */
  fastapi: ({ name, path, method }) =>
    `${`${snakeCase(name)}${path}`.replaceAll(/[^\p{L}\p{N}_]/gu, "_")}_${method.toLowerCase()}`,
  /** The first tag and the name: `items-readItem`. */
  byTag: ({ name, tags }) => (tags[0] === undefined ? name : `${tags[0]}-${name}`),
} satisfies Readonly<Record<string, NameOperation>>;
