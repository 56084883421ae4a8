/** The summary a name gives: `readItem` → "Read Item". */
export declare function summaryOf(name: string): string;
/** The ways Apus has of naming operations. `keys` is the default. */
export declare const operationIds: {
  /** The keys that lead to it: `items_readItem`. */
  keys: ({
    keys,
  }: {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
    readonly keys: readonly string[];
  }) => string;
  /** As FastAPI names a function `read_item`: `read_item_items__item_id__get`. */
  fastapi: ({
    name,
    path,
    method,
  }: {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
    readonly keys: readonly string[];
  }) => string;
  /** The first tag and the name: `items-readItem`. */
  byTag: ({
    name,
    tags,
  }: {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
    readonly keys: readonly string[];
  }) => string;
};
