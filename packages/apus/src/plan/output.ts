/** What `output` says: a schema, or how items are sent, with theirs. */
import { isItemStream, type ItemStream } from "../response/index.ts";
import type { AnySchema } from "../schema/index.ts";

/** @returns The schema of the value, or that of an item, and how items are sent where they are sent one by one. */
export function outputOf({ output }: { readonly output?: AnySchema | ItemStream | undefined }): {
  readonly items: ItemStream | undefined;
  readonly schema: AnySchema | undefined;
} {
  return isItemStream(output) ? { items: output, schema: output.item } : { items: undefined, schema: output };
}
