/** What an operation, the routers around it and the App say together: one value for each option, decided at start-up. */
import { type Declaration } from "../dependency/index.ts";
import type { ErrorShape } from "../error/index.ts";
import { type NameOperation, type ResponseDocs, type Routed, type SharedOptions } from "../operation/index.ts";
/** The App's own word on what its operations can say too. */
export interface AppSettings extends SharedOptions {
  readonly operationId?: NameOperation | undefined;
  readonly errorShape?: ErrorShape | undefined;
}
/** Thrown while linking for options that cannot be followed. */
export declare class LinkError extends TypeError {
  readonly name = "LinkError";
}
export interface Settings {
  /** `GET /items/{item_id} (items.readItem)`: what messages call it. */
  readonly label: string;
  readonly name: string;
  readonly id: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly guards: readonly Declaration[];
  readonly responses: ResponseDocs;
  readonly deprecated: boolean;
  readonly includeInSchema: boolean;
  readonly strictTypes: boolean;
  readonly strictContentType: boolean;
  readonly bodyLimit: number;
  readonly errorShape: ErrorShape;
}
export declare function settle({ operation, keys }: Routed, app: AppSettings): Settings;
