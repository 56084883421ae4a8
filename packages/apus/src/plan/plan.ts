/** A plan: one operation's way from its inputs to its answer, decided at start-up; requests only follow it. */
import type { Answering } from "../around/index.ts";
import type { AppScope, Declaration, RequiredScopes, Requirement, Scope } from "../dependency/index.ts";
import type { ErrorClass } from "../error/index.ts";
import type { BodyPlan, Field, ParameterPlan } from "../input/index.ts";
import type { Declared } from "../operation/index.ts";
import type { ItemStream } from "../response/index.ts";
import type { Route } from "../routing/index.ts";
import type { Read, WriteText } from "../schema/index.ts";
import type { SocketSide } from "../websocket/index.ts";
import type { Settings } from "./settings.ts";

/** One dependency within a plan. Steps stand in the order in which they run. */
export interface Step {
  readonly key: string;
  readonly declaration: Declaration;
  readonly scope: Scope;
  /** Guards run before the body is read (1), the others after it (3). */
  readonly phase: 1 | 3;
  /** Whether it is a security scheme or stands on one. */
  readonly secured: boolean;
  /** The scopes asked for on the way to it. */
  readonly scopes: RequiredScopes;
  /** Which earlier steps give its inputs, by name. */
  readonly uses: readonly { readonly name: string; readonly step: number }[];
  /** The earlier steps without which it does not run: those it uses, and its guards. */
  readonly after: readonly number[];
  /** Its own wire inputs, and the parameter names of the path where any of them has to do with one. */
  readonly fields: readonly Field[];
  readonly names: readonly string[];
  /** What reads them; made for the first request. Equal steps of several operations are one. */
  parameters: ParameterPlan | undefined;
  readonly bodyFields: readonly Field[];
}

/** What the plan tells when something fails that no client caused. */
export interface Reporter {
  (error: unknown, context: { readonly requestId: string; readonly method: string; readonly path: string }): void;
}

/**
 * What reads and what writes is made for the first request, by `prepare`: until then `ready` is false, and `parameters`, `body`,
 * `write` and `writeText` are not there, those of the steps included.
 */
export interface Plan extends Route {
  ready: boolean;
  readonly operation: Declared;
  readonly settings: Settings;
  /** All wire inputs: its own first, then those of its dependencies, depth first. */
  readonly fields: readonly Field[];
  /** Whether nothing can be wrong with the schemas of its inputs and its answer, be they read, written or described. */
  readonly plain: boolean;
  /** How many of them are its own. */
  readonly ownFields: number;
  /** The typed errors of the operation and its dependencies. */
  readonly errors: readonly ErrorClass[];
  readonly steps: readonly Step[];
  readonly uses: readonly { readonly name: string; readonly step: number }[];
  parameters: ParameterPlan | undefined;
  bodyFields: readonly Field[];
  body: BodyPlan | undefined;
  write: Read | undefined;
  /** Writes the answer of an operation whose items are not sent one by one. */
  writeText: WriteText | undefined;
  /** How what the handler yields is sent, where it is sent item by item; `write` then writes an item. */
  readonly items: ItemStream | undefined;
  readonly appScope: AppScope;
  readonly report: Reporter;
  /** What is asked of the client's credentials: all of it. */
  readonly security: readonly Asked[];
  /** What the document says it calls at its clients' servers. */
  readonly callbacks: readonly Plan[];
  /** What answers behind the guards in place of a handler: a page, or an app that is mounted. */
  readonly behind: Answering | undefined;
  /** Whether the deadline is that of the guards alone: what is behind has one of its own. */
  readonly limitsGuards: boolean;
  /** What the plan of a socket has besides: messages, limits, who may connect. Its handler gets the socket as second argument. */
  readonly socket: SocketSide | undefined;
  /** The plan with the middleware of its operation and routers around it, where there is any. */
  around: Answering | undefined;
}

/** A requirement with the scopes of all its uses. */
export interface Asked {
  readonly requirement: Requirement;
  readonly scopes: readonly string[];
}
