/** Names, ids and summaries of operations. */
import type { NameOperation } from "./types.ts";

/** `readItem` and `read_item` are both the words "read", "item". */
function words(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[\s_-]+/)
    .filter((word) => word !== "");
}

/** The summary a name gives: `readItem` → "Read Item". */
export function summaryOf(name: string): string {
  return words(name)
    .map((word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase())
    .join(" ");
}

const snakeCase = (name: string): string => words(name).join("_").toLowerCase();

/** The ways Apus has of naming operations. `keys` is the default. */
export const operationIds = {
  /** The keys that lead to it: `items_readItem`. */
  keys: ({ keys }) => keys.join("_"),
  /** As FastAPI names a function `read_item`: `read_item_items__item_id__get`. */
  fastapi: ({ name, path, method }) => `${`${snakeCase(name)}${path}`.replaceAll(/\W/g, "_")}_${method.toLowerCase()}`,
  /** The first tag and the name: `items-readItem`. */
  byTag: ({ name, tags }) => (tags[0] === undefined ? name : `${tags[0]}-${name}`),
} satisfies Readonly<Record<string, NameOperation>>;
