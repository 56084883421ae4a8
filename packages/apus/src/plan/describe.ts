/** Plans as plain data, for people and tools: what an operation reads, what stands around it and which code serves it. */
import type { Middleware } from "../around/index.ts";
import { labelOf, type Declaration, type Scope } from "../dependency/index.ts";
import type { ErrorShape } from "../error/index.ts";
import { bodyShapeOf, inBody, locate, type Field, type Location } from "../input/index.ts";
import {
  isZod,
  mayBeAbsent,
  readerText,
  standardKind,
  takesAbsence,
  textWriterText,
  typeLabel,
  writerText,
  type AnySchema,
  type CodeText,
} from "../schema/index.ts";
import { outputOf } from "./output.ts";
import type { SocketDescription } from "./describe-socket.ts";
import type { Plan, Step } from "./plan.ts";

/** One input on the wire. */
export interface InputDescription {
  readonly name: string;
  /** The name on the wire. */
  readonly alias: string;
  readonly location: Location;
  /** The type as validation errors call it: `int`, `list[str]`, the name of a model. */
  readonly type: string;
  readonly required: boolean;
  /** 1 is read before the body, for the guards; 2 with the body, so that all that is wrong is told together. */
  readonly phase: 1 | 2;
  /** The dependency that takes it; null for the operation itself. */
  readonly dependency: string | null;
  /** What reads it; only where it was asked for. */
  readonly code?: CodeText | undefined;
}

/** One dependency in the order in which they run. */
export interface DependencyDescription {
  readonly name: string;
  /** `scheme` reads credentials; `framework` is a value of the framework, such as `request`. */
  readonly kind: "dependency" | "scheme" | "framework";
  /** 1 runs before the body is read, 3 after it. */
  readonly phase: 1 | 3;
  readonly scope: Scope;
  /** The security scopes asked for on the way to it. */
  readonly securityScopes: readonly string[];
  /** The names of those it waits for. */
  readonly needs: readonly string[];
}

/** A callback or a webhook: what is called at others. */
export interface OutboundDescription {
  readonly id: string;
  readonly name: string;
  readonly methods: readonly string[];
  /** Of a callback the expression of its address, of a webhook its name. */
  readonly path: string;
  readonly summary: string;
}

/** What is mounted, and front ends. Where it is an App, what is in it, with full paths and prefixes. */
export interface MountDescription {
  readonly prefix: string;
  /** A `handler` answers web Requests, and nobody knows what is in it; `files` and `frontend` are directories of the machine. */
  readonly kind: "app" | "handler" | "files" | "frontend";
  /** Of the mount; those of the operations in it come after them. */
  readonly guards: OperationDescription["guards"];
  readonly security: OperationDescription["security"];
  readonly operations: readonly OperationDescription[];
  readonly sockets: readonly SocketDescription[];
  readonly mounts: readonly MountDescription[];
}

/** One operation and its plan. Times are in ms and null for no limit, sizes in bytes. */
export interface OperationDescription {
  readonly id: string;
  readonly name: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly includeInSchema: boolean;
  /** What is declared in `dependencies`, outermost first. */
  readonly guards: readonly string[];
  /** The security schemes that are asked; one of `anyOf` is enough. */
  readonly security: readonly {
    readonly anyOf: readonly string[];
    readonly optional: boolean;
    readonly scopes: readonly string[];
  }[];
  readonly inputs: readonly InputDescription[];
  readonly dependencies: readonly DependencyDescription[];
  /** Outermost first: the App's, around everything, then those of routers and the operation. */
  readonly middleware: readonly { readonly name: string; readonly of: "app" | "operation" }[];
  /** The errors that are declared, by itself, its routers and its dependencies. */
  readonly errors: readonly { readonly status: number; readonly title: string }[];
  readonly errorShape: ErrorShape;
  readonly body: "json" | "form" | "multipart" | "stream" | null;
  readonly strictTypes: boolean;
  readonly strictContentType: boolean;
  readonly limits: {
    readonly bodyLimit: number;
    readonly bodyTimeout: number | null;
    readonly timeout: number | null;
  };
  readonly output: {
    readonly status: number;
    /** The output schema's type, or that of an item of a stream; null where there is none, and what the handler returns is written as it is. */
    readonly type: string | null;
    readonly mediaType: string | null;
    readonly code?: CodeText | undefined;
  };
  /** What it calls at its clients. */
  readonly callbacks: readonly OutboundDescription[];
}

/** @param given.middleware The App's own. `given.code` adds the text of what reads and writes. */
export function describe(
  plan: Plan,
  given: { readonly middleware: readonly Middleware[]; readonly code: boolean },
): OperationDescription {
  const { operation, settings, steps } = plan;
  const { options } = operation;
  const { schema } = outputOf(options);
  const bodyFields = plan.fields.filter(inBody);
  const middleware = settings.middleware.map(({ name }) => ({ name, of: "operation" as const }));
  return {
    id: settings.id,
    name: settings.name,
    methods: operation.methods,
    path: operation.path,
    summary: settings.summary,
    tags: settings.tags,
    deprecated: settings.deprecated,
    includeInSchema: settings.includeInSchema,
    ...guardsOf(plan),
    inputs: inputsOf(plan, given.code),
    dependencies: steps.map((step) => ({
      name: nameOf(step.declaration, step.key),
      kind: kindOf(step.declaration),
      phase: step.phase,
      scope: step.scope,
      securityScopes: step.scopes.list,
      needs: step.after.map((place) => nameOf(steps[place]!.declaration, steps[place]!.key)),
    })),
    middleware: [...given.middleware.map(({ name }) => ({ name, of: "app" as const })), ...middleware],
    errors: plan.errors.map(({ status, title }) => ({ status, title })),
    errorShape: settings.errorShape,
    body: bodyFields.length === 0 ? null : bodyShapeOf(bodyFields).kind,
    strictTypes: settings.strictTypes,
    strictContentType: settings.strictContentType,
    limits: { bodyLimit: settings.bodyLimit, bodyTimeout: settings.bodyTimeout, timeout: settings.timeout },
    output: {
      status: options.status ?? options.as?.status ?? 200,
      type: schema === undefined ? null : typeOf(schema),
      mediaType: plan.items?.mediaType ?? (options.as === undefined ? "application/json" : options.as.mediaType),
      ...(given.code && schema !== undefined
        ? {
            code: (plan.items === undefined ? textWriterText : writerText)(schema, options, `${sourceOf(plan)}/output`),
          }
        : {}),
    },
    callbacks: plan.callbacks.map(describeOutbound),
  };
}

export function describeOutbound({ operation: { methods, path }, settings }: Plan): OutboundDescription {
  const { id, name, summary } = settings;
  return { id, name, methods, path, summary };
}

/** What an App says of itself, as far as a mount tells it on. */
interface Described {
  readonly operations: readonly OperationDescription[];
  readonly sockets: readonly SocketDescription[];
  readonly mounts: readonly MountDescription[];
}

/**
 * @param plan That of its guards, where it has any.
 * @param inner What the App that is mounted says of itself; undefined for what is no App.
 */
export function describeMount(
  kind: MountDescription["kind"],
  prefix: string,
  plan: Plan | undefined,
  inner?: Described,
): MountDescription {
  return {
    prefix: prefix === "" ? "/" : prefix,
    kind,
    ...(plan === undefined ? { guards: [], security: [] } : guardsOf(plan)),
    operations: (inner?.operations ?? []).map((each) => ({ ...each, path: prefix + each.path })),
    sockets: (inner?.sockets ?? []).map((each) => ({ ...each, path: prefix + each.path })),
    mounts: (inner?.mounts ?? []).map((each) => below(prefix, each)),
  };
}

/** A mount inside an App that is mounted itself. */
function below(prefix: string, mount: MountDescription): MountDescription {
  return {
    ...mount,
    prefix: prefix !== "" && mount.prefix === "/" ? prefix : prefix + mount.prefix,
    operations: mount.operations.map((each) => ({ ...each, path: prefix + each.path })),
    sockets: mount.sockets.map((each) => ({ ...each, path: prefix + each.path })),
    mounts: mount.mounts.map((each) => below(prefix, each)),
  };
}

function guardsOf({ settings, security }: Plan): Pick<OperationDescription, "guards" | "security"> {
  return {
    guards: settings.guards.map((each) => nameOf(each)),
    security: security.map(({ requirement, scopes }) => ({
      anyOf: requirement.anyOf.map(({ name }) => name),
      optional: requirement.optional,
      scopes,
    })),
  };
}

/** What generated code of an operation is called, as `link` names it. */
function sourceOf({ operation }: Plan): string {
  return operation.method + operation.path;
}

/** What a dependency is called; a guard that nothing names by the name of its scheme, where it is one. */
function nameOf(declaration: Declaration, key = "a guard"): string {
  const { secures, requirement } = declaration;
  if (secures !== undefined) return nameOf(secures, key);
  const unnamed = requirement === undefined || key !== "a guard";
  return labelOf(declaration, unnamed ? key : requirement.anyOf.map(({ name }) => name).join(" or "));
}

function kindOf({ give, requirement }: Declaration): DependencyDescription["kind"] {
  if (give !== undefined) return "framework";
  return requirement === undefined ? "dependency" : "scheme";
}

function inputsOf(plan: Plan, code: boolean): InputDescription[] {
  const own = recordOf(plan, plan.operation.options.input ?? {}).map((field) =>
    inputOf(field, plan, { step: undefined, code }),
  );
  const others = plan.steps.flatMap((step) => {
    const { declaration } = step;
    // What lives as long as the app, and what the framework gives, reads nothing of a request.
    if (declaration.give !== undefined || step.scope === "app") return [];
    return recordOf(plan, declaration.input).map((field) => inputOf(field, plan, { step, code }));
  });
  return [...own, ...others];
}

/** The wire inputs of a record, located as the linker did. */
function recordOf({ template, settings }: Plan, input: Declaration["input"]): Field[] {
  return Object.entries(input).flatMap(([name, entry]) =>
    "kind" in entry && entry.kind === "dependency"
      ? []
      : [locate(name, entry as Parameters<typeof locate>[1], template.names, settings.label)],
  );
}

function inputOf(
  field: Field,
  plan: Plan,
  from: { readonly step: Step | undefined; readonly code: boolean },
): InputDescription {
  const { name, alias, location, schema } = field;
  const { step } = from;
  return {
    name,
    alias,
    location,
    type: typeOf(schema),
    required: !(isZod(schema) ? mayBeAbsent(schema) : takesAbsence(schema)),
    phase: step?.phase === 1 ? 1 : 2,
    dependency: step === undefined ? null : nameOf(step.declaration, step.key),
    ...(from.code ? { code: codeOf(field, plan) } : {}),
  };
}

function codeOf({ name, location, schema }: Field, plan: Plan): CodeText {
  // Parameters and forms are text, which is always converted; their programs have no name.
  if (location !== "body") return readerText(schema, "lax");
  return readerText(schema, plan.settings.strictTypes ? "strict" : "lax", `${sourceOf(plan)}/${name}`);
}

function typeOf(schema: AnySchema): string {
  return isZod(schema) ? typeLabel(schema) : (standardKind(schema) ?? "unknown");
}
