import type { Plan } from "../plan/index.ts";
import { type JsonSchema } from "../schema/index.ts";
/** An OpenAPI document as plain data. */
export interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, unknown>>;
  components?: {
    schemas?: Record<string, JsonSchema>;
  };
  [key: string]: unknown;
}
/** What the App says about the API as a whole. */
export interface DocumentInfo {
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly summary?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  readonly termsOfService?: string | undefined;
  readonly contact?: Readonly<Record<string, string>> | undefined;
  readonly license?: Readonly<Record<string, string>> | undefined;
  readonly servers?:
    | readonly {
        readonly url: string;
        readonly description?: string | undefined;
      }[]
    | undefined;
  /** Metadata of tags, in the order of the documentation page. */
  readonly tagsMetadata?: readonly Readonly<Record<string, unknown>>[] | undefined;
}
/** @throws ComponentError when two schemas claim one component name. */
export declare function openApiDocument(plans: readonly Plan[], about: DocumentInfo): OpenApiDocument;
