/** What an operation, the routers around it and the App say together: one value for each option, decided at start-up. */
import { ApusError } from "../diagnostic/index.ts";
import { isDependency, type Declaration, type Dependency } from "../dependency/index.ts";
import type { ErrorShape } from "../error/index.ts";
import {
  operationIds,
  summaryOf,
  type NameOperation,
  type ResponseDocs,
  type Routed,
  type SharedOptions,
} from "../operation/index.ts";
import { withoutConvertors } from "../routing/index.ts";

/** The App's own word on what its operations can say too. */
export interface AppSettings extends SharedOptions {
  readonly operationId?: NameOperation | undefined;
  readonly errorShape?: ErrorShape | undefined;
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

const defaultBodyLimit = 1024 * 1024;

/** An operation without a key is named after its method and path: `GET /items/{item_id}` is `get_items_item_id`. */
function nameFromPath(method: string, path: string): string {
  return [method.toLowerCase(), ...path.split(/\W+/).filter((word) => word !== "")].join("_");
}

export function settle({ operation, keys }: Routed, app: AppSettings): Settings {
  const { options, method, path, layers } = operation;
  const key = keys.at(-1);
  const name = options.name ?? key ?? (operation.handler.name || nameFromPath(method, path));
  const label = `${operation.methods.join("|")} ${path} (${keys.length > 0 ? keys.join(".") : name})`;
  const outerFirst: readonly SharedOptions[] = [app, ...layers, options];
  const innermost = <K extends keyof SharedOptions>(option: K): SharedOptions[K] =>
    outerFirst.findLast((each) => each[option] !== undefined)?.[option];
  const tags = outerFirst.flatMap((each) => each.tags ?? []);
  const named = [app, ...layers].findLast((each) => each.operationId !== undefined)?.operationId ?? operationIds.keys;
  const facts = { name, method, path: withoutConvertors(path), tags, keys: keys.length > 0 ? keys : [name] };
  return {
    label,
    name,
    id: options.operationId ?? named(facts),
    summary: options.summary ?? summaryOf(name),
    tags,
    guards: outerFirst.flatMap((each) => (each.dependencies ?? []).map((guard) => checkGuard(guard, label))),
    responses: Object.assign({}, ...outerFirst.map((each) => each.responses ?? {})) as ResponseDocs,
    deprecated: outerFirst.some((each) => each.deprecated === true),
    includeInSchema: outerFirst.every((each) => each.includeInSchema !== false),
    strictTypes: innermost("strictTypes") ?? false,
    strictContentType: innermost("strictContentType") ?? true,
    bodyLimit: checkLimit(innermost("bodyLimit") ?? defaultBodyLimit, label),
    errorShape: layers.findLast((each) => each.errorShape !== undefined)?.errorShape ?? app.errorShape ?? "fastapi",
  };
}

function checkGuard(guard: Dependency, label: string): Declaration {
  if (isDependency(guard)) return guard;
  throw new ApusError(
    `APUS_GUARD: ${label}: \`dependencies\` holds something that is no dependency; wrap it: depends(…).`,
  );
}

/** A limit that is no number would silently be none, so it stops the start. */
function checkLimit(limit: number, label: string): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw new ApusError(`APUS_LIMIT: ${label}: bodyLimit is ${String(limit)}; give a whole number of bytes, 0 or more.`);
}
