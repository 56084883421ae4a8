/** What an operation, the routers around it and the App say together: one value for each option, decided at start-up. */
import { ApusError, isTimerTime, longestTime } from "../diagnostic/index.ts";
import { isDependency, type Declaration, type Dependency } from "../dependency/index.ts";
import { isMiddleware, type Middleware } from "../around/index.ts";
import { isErrorHandler, type ErrorClass, type ErrorHandler, type ErrorShape } from "../error/index.ts";
import { carriesFiles, formLimitsOf, isStream, type Field, type FormLimits } from "../input/index.ts";
import {
  operationIds,
  sharedOptions,
  summaryOf,
  type Declared,
  type NameOperation,
  type Outbounds,
  type ResponseDocs,
  type Routed,
  type SharedOptions,
  type SocketDefaults,
} from "../operation/index.ts";
import { withoutConvertors } from "../routing/index.ts";
import type { LinkContext } from "./link-context.ts";

/** The App's own word on what its operations can say too. */
export interface AppSettings extends SharedOptions, SocketDefaults {
  readonly operationId?: NameOperation | undefined;
  readonly errorShape?: ErrorShape | undefined;
  readonly onError?: readonly ErrorHandler[] | undefined;
}

/** What the App, the routers around an operation and its own shared options come to: the same for all that say no more. */
export interface LayerSettings {
  /** What makes ids, and those of callbacks. */
  readonly nameOperation: NameOperation;
  readonly tags: readonly string[];
  readonly guards: readonly Declaration[];
  readonly responses: ResponseDocs;
  readonly callbacks: Outbounds | undefined;
  readonly deprecated: boolean;
  readonly includeInSchema: boolean;
  readonly strictTypes: boolean;
  readonly strictContentType: boolean;
  readonly bodyLimit: number;
  /** Whether anybody said it. */
  readonly bodyLimitSaid: boolean;
  readonly formLimits: FormLimits;
  readonly bodyTimeout: number | null;
  readonly timeout: number | null;
  /** The middleware of routers and operation, outermost first; the App's stands around everything. */
  readonly middleware: readonly Middleware[];
  readonly errors: readonly ErrorClass[];
  /** Innermost first. */
  readonly errorHandlers: readonly (readonly ErrorHandler[])[];
  readonly errorShape: ErrorShape;
}

/**
 * The settings of one operation: its names, and those that it shares. What only the document and messages ask for is put
 * together when it is asked for; the memory is better spent otherwise.
 */
export class Settings implements LayerSettings {
  readonly name: string;
  /** The keys that lead to it through the routers, its own last; its name alone where it has none. */
  readonly keys: readonly string[];
  readonly id: string;
  readonly bodyLimit: number;
  readonly #operation: Declared;
  /** Those that it has in common with others. */
  readonly shared: LayerSettings;
  /** Whether the keys are such of routers. */
  readonly #keyed: boolean;

  constructor({ operation, keys, namesakes = false }: Routed, shared: LayerSettings, bodyLimit?: number) {
    const { options, method, path } = operation;
    this.#operation = operation;
    this.shared = shared;
    this.#keyed = keys.length > 0;
    this.name = options.name ?? keys.at(-1) ?? (operation.handler.name || nameFromPath(method, path));
    this.keys = this.#keyed ? keys : namesakes ? [this.name, nameFromPath(method, path)] : [this.name];
    this.id = this.#idOf(method);
    this.bodyLimit = bodyLimit ?? shared.bodyLimit;
  }

  /** `GET /items/{item_id} (items.readItem)`: what messages call it. */
  get label(): string {
    const { methods, path } = this.#operation;
    return `${methods.join("|")} ${path} (${this.#keyed ? this.keys.join(".") : this.name})`;
  }
  /** The id of each of its methods in the document. Of one that has a single method it is `id`. */
  get ids(): readonly string[] {
    const { methods } = this.#operation;
    return methods.length === 1 ? [this.id] : idsOf(methods, (method) => this.#idOf(method));
  }
  get summary(): string {
    return this.#operation.options.summary ?? summaryOf(this.name);
  }
  get nameOperation(): NameOperation {
    return this.shared.nameOperation;
  }
  get tags(): readonly string[] {
    return this.shared.tags;
  }
  get guards(): readonly Declaration[] {
    return this.shared.guards;
  }
  get responses(): ResponseDocs {
    return this.shared.responses;
  }
  get callbacks(): Outbounds | undefined {
    return this.shared.callbacks;
  }
  get deprecated(): boolean {
    return this.shared.deprecated;
  }
  get includeInSchema(): boolean {
    return this.shared.includeInSchema;
  }
  get strictTypes(): boolean {
    return this.shared.strictTypes;
  }
  get strictContentType(): boolean {
    return this.shared.strictContentType;
  }
  get bodyLimitSaid(): boolean {
    return this.shared.bodyLimitSaid;
  }
  get formLimits(): FormLimits {
    return this.shared.formLimits;
  }
  get bodyTimeout(): number | null {
    return this.shared.bodyTimeout;
  }
  get timeout(): number | null {
    return this.shared.timeout;
  }
  get middleware(): readonly Middleware[] {
    return this.shared.middleware;
  }
  get errors(): readonly ErrorClass[] {
    return this.shared.errors;
  }
  get errorHandlers(): readonly (readonly ErrorHandler[])[] {
    return this.shared.errorHandlers;
  }
  get errorShape(): ErrorShape {
    return this.shared.errorShape;
  }

  #idOf(method: string): string {
    const { options, path } = this.#operation;
    const { nameOperation, tags } = this.shared;
    if (options.operationId !== undefined) return options.operationId;
    // Most ids: what the usual way asks for is there already.
    if (nameOperation === operationIds.keys) return this.keys.join("_");
    return nameOperation({ name: this.name, method, path: withoutConvertors(path), tags, keys: this.keys });
  }

  /** The settings of an operation with these inputs: files are larger than other bodies. */
  withRoomFor(fields: readonly Field[], routed: Routed): Settings {
    if (this.bodyLimitSaid || !fields.some((field) => carriesFiles(field) || isStream(field.schema))) return this;
    return new Settings(routed, this.shared, defaultFilesLimit);
  }
}

const defaultBodyLimit = 1024 * 1024;
/** Of operations that take files or a stream. */
const defaultFilesLimit = 32 * 1024 * 1024;
const defaultBodyTimeout = 30_000;
const defaultTimeout = 60_000;

/** An operation without a key is named after its method and path: `GET /items/{item_id}` is `get_items_item_id`. */
function nameFromPath(method: string, path: string): string {
  return [method.toLowerCase(), ...path.split(/\W+/).filter((word) => word !== "")].join("_");
}

/** The options that an operation has in common with its routers; who has none of them has the settings of its routers. */
const sharedNames: ReadonlySet<string> = new Set([...Object.keys(sharedOptions), "errors"]);

export function settle(
  routed: Routed,
  { app, layered, sharing }: Pick<LinkContext, "app" | "layered" | "sharing">,
): Settings {
  const { options, layers } = routed.operation;
  for (const name in options)
    if (sharedNames.has(name)) return new Settings(routed, layerSettings(routed, app, sharing));
  const byLayers = layered.get(app) ?? new Map<readonly unknown[], LayerSettings>();
  if (byLayers.size === 0) layered.set(app, byLayers);
  let known = byLayers.get(layers);
  if (known === undefined) byLayers.set(layers, (known = layerSettings(routed, app, sharing)));
  return new Settings(routed, known);
}

/** What messages call an operation before its settings are there. */
function labelOf({ operation, keys }: Routed): string {
  const { options, methods, method, path, handler } = operation;
  const name = keys.length > 0 ? keys.join(".") : (options.name ?? (handler.name || nameFromPath(method, path)));
  return `${methods.join("|")} ${path} (${name})`;
}

function layerSettings(routed: Routed, app: AppSettings, sharing: LinkContext["sharing"]): LayerSettings {
  const { options, layers } = routed.operation;
  const label = labelOf(routed);
  const outerFirst: readonly SharedOptions[] = [app, ...layers, options];
  const innermost = <K extends keyof SharedOptions>(option: K): SharedOptions[K] =>
    outerFirst.findLast((each) => each[option] !== undefined)?.[option];
  return {
    nameOperation:
      [app, ...layers].findLast((each) => each.operationId !== undefined)?.operationId ?? operationIds.keys,
    tags: outerFirst.flatMap((each) => each.tags ?? []),
    guards: sharing.list(outerFirst.flatMap((each) => checkGuards(each.dependencies, label))),
    responses: Object.assign({}, ...outerFirst.map((each) => each.responses ?? {})) as ResponseDocs,
    callbacks: callbacksOf(outerFirst.map((each) => each.callbacks)),
    deprecated: outerFirst.some((each) => each.deprecated === true),
    includeInSchema: outerFirst.every((each) => each.includeInSchema !== false),
    strictTypes: innermost("strictTypes") ?? false,
    strictContentType: innermost("strictContentType") ?? true,
    bodyLimit: checkLimit(innermost("bodyLimit") ?? defaultBodyLimit, label),
    bodyLimitSaid: innermost("bodyLimit") !== undefined,
    formLimits: formLimitsOf(
      outerFirst.map((each) => each.formLimits),
      label,
    ),
    bodyTimeout: checkTime("bodyTimeout", innermost("bodyTimeout"), defaultBodyTimeout, label),
    timeout: checkTime("timeout", innermost("timeout"), defaultTimeout, label),
    middleware: [...layers, options].flatMap((each) => checkMiddleware(each.middleware, label)),
    errors: [options, ...layers.toReversed()].flatMap((each) => each.errors ?? []),
    errorHandlers: errorHandlersOf([...layers.toReversed(), app], label),
    errorShape: checkShape(
      layers.findLast((each) => each.errorShape !== undefined)?.errorShape ?? app.errorShape,
      label,
    ),
  };
}

/** Ids are unique in a document: methods that were named alike are told apart by their names. */
function idsOf(methods: readonly string[], idOf: (method: string) => string): string[] {
  const ids = methods.map(idOf);
  return new Set(ids).size === ids.length ? ids : ids.map((id, i) => `${id}_${methods[i]!.toLowerCase()}`);
}

/** Those of all layers; the innermost wins where two have one name. What is no record is left for the linker to refuse. */
function callbacksOf(layers: readonly (Outbounds | undefined)[]): Outbounds | undefined {
  const said = layers.filter((each) => each !== undefined);
  return said.length < 2 ? said[0] : Object.assign({}, ...said);
}

function checkGuards(list: readonly Dependency[] = [], label: string): readonly Declaration[] {
  if (!Array.isArray(list)) throw new ApusError(`APUS_GUARD: ${label}: \`dependencies\` is a list: [guard].`);
  if (list.every(isDependency)) return list;
  throw new ApusError(
    `APUS_GUARD: ${label}: \`dependencies\` holds something that is no dependency; wrap it: depends(…).`,
  );
}

/** @throws ApusError for something in the list that is no middleware. */
export function checkMiddleware(list: readonly Middleware[] = [], label: string): readonly Middleware[] {
  if (!Array.isArray(list)) throw new ApusError(`APUS_MIDDLEWARE: ${label}: \`middleware\` is a list: [cors({ … })].`);
  if (list.every(isMiddleware)) return list;
  throw new ApusError(
    `APUS_MIDDLEWARE: ${label}: \`middleware\` holds something that is none; make one: middleware({ onAnswer }), or call the ready-made one: cors({ … }).`,
  );
}

/** The handlers of each layer that has any. @throws ApusError for something in a list that is no error handler. */
export function errorHandlersOf(
  layers: readonly Pick<AppSettings, "onError">[],
  label: string,
): readonly (readonly ErrorHandler[])[] {
  const said = layers.map((each) => each.onError ?? []);
  if (!said.every(Array.isArray)) {
    throw new ApusError(`APUS_ON_ERROR: ${label}: \`onError\` is a list: [onError(404, (error) => json(…))].`);
  }
  const found = said.filter((each) => each.length > 0);
  if (found.flat().every(isErrorHandler)) return found;
  throw new ApusError(
    `APUS_ON_ERROR: ${label}: \`onError\` holds something that is no error handler; make one: onError(Class, (error) => json(…)).`,
  );
}

function checkShape(shape: ErrorShape = "fastapi", label: string): ErrorShape {
  if (shape === "fastapi" || shape === "problem") return shape;
  throw new ApusError(
    `APUS_OPTIONS: ${label}: errorShape is ${JSON.stringify(shape)}; there are "fastapi" and "problem" (RFC 9457).`,
  );
}

function checkTime(name: string, said: number | null | undefined, usual: number, label: string): number | null {
  if (said === null) return null;
  const time = said ?? usual;
  if (isTimerTime(time)) return time;
  throw new ApusError(
    `APUS_LIMIT: ${label}: ${name} is ${String(time)}; give whole milliseconds from 1 to ${longestTime}, or null for none.`,
  );
}

/** A limit that is no number would silently be none, so it stops the start. */
function checkLimit(limit: number, label: string): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw new ApusError(`APUS_LIMIT: ${label}: bodyLimit is ${String(limit)}; give a whole number of bytes, 0 or more.`);
}
