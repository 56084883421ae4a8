/** Declares sockets: `socket("/ws/{room}", options, handler)`. A socket is a value, as an operation is. */
import { ApusError, checkOptionNames, declaredHere, isOfKind, ofThisCopy } from "../diagnostic/index.ts";
import type {
  DeclaresPath,
  Dependency,
  Flat,
  InputRecord,
  NeedsOfAll,
  RequiresInput,
  Values,
} from "../dependency/index.ts";
import type { ErrorClass } from "../error/index.ts";
import type { PathNames, Sent } from "../input/index.ts";
import { isSchema, type AnySchema, type Gives, type In, type Out, type Wire } from "../schema/index.ts";
import type { Message, Socket, SocketLimits } from "../websocket/index.ts";
import { declarationNumber } from "./declare.ts";
import { socketOptions } from "./option-names.ts";
import type { RouterOptions, SharedOptions } from "./types.ts";

/** What a client has to know of a socket. */
export interface SocketFacts {
  /** Its inputs: path, query, headers and cookies. */
  readonly sends: unknown;
  /** The messages that a client sends. */
  readonly receive: unknown;
  /** The messages that a client receives. */
  readonly send: unknown;
}

/** The value that `socket` makes. Its type holds wire facts only. */
export interface SocketRoute<P extends string = string, F extends SocketFacts = SocketFacts> {
  readonly kind: "socket";
  readonly path: P;
  /** Boxed phantom. */
  readonly "~types"?: F;
}

/** What a socket says besides its inputs, its messages and its handler. */
export interface SocketOptions
  extends
    SocketLimits,
    Pick<SharedOptions, "dependencies" | "deprecated" | "includeInSchema" | "middleware" | "strictTypes" | "tags"> {
  /** The name that its id and summary come from; the record key where it is left out. */
  readonly name?: string | undefined;
  readonly summary?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  /**
   * The subprotocols that it speaks: the first that the client offers of them is accepted, unless `accept` says another. Where
   * the client offers none of them, it is accepted without one.
   */
  readonly subprotocols?: readonly string[] | undefined;
  /**
   * How long guards, dependencies and handler may take until the socket is accepted, in ms; null for ever. Default: 60,000. Then
   * the handshake is answered 503. An open socket lasts as long as its handler.
   */
  readonly timeout?: number | null | undefined;
}

/** A socket as the linker sees it. */
export interface DeclaredSocket extends SocketRoute {
  readonly options: SocketOptions & {
    readonly input?: InputRecord | undefined;
    readonly receive?: AnySchema | undefined;
    readonly send?: AnySchema | undefined;
    readonly errors?: readonly ErrorClass[] | undefined;
  };
  readonly handler: (values: never, socket: never) => unknown;
  /** Whether its handler gets the socket alone. */
  readonly bare: boolean;
  /** Its number in the order of declaration, which is the order of matching. */
  readonly order: number;
  /** The options of the routers around it, outermost first. */
  readonly layers: readonly RouterOptions[];
}

type Schema = AnySchema | undefined;
type Received<R> = [R] extends [undefined] ? Message : Out<R>;
type Given<S> = [S] extends [undefined] ? Message : Gives<S>;
type OnWire<S, T> = [S] extends [undefined] ? Message : T;

/**
 * Declares a WebSocket.
 *
 * With two arguments the handler gets the socket alone. With three it gets the values of `input`, as handlers of operations
 * do, and then the socket. Inputs are those of the handshake, a GET request: path, query, headers, cookies and dependencies, which
 * live as long as the handler runs. Invalid ones refuse the handshake before anything is accepted.
 *
 * Without `receive` and `send`, messages are text and bytes as they are; with them JSON, read by the one and written by the other.
 * A handler that returns closes the connection with 1000, one that fails with 1011.
 * @throws ApusError for arguments that are no declaration.
 */
export interface DeclareSocket {
  <const P extends string>(
    path: [PathNames<P>] extends [never] ? P : `path parameter "${PathNames<P>}" is not declared: give { input }`,
    handler: (socket: Socket) => unknown,
  ): SocketRoute<P, { readonly sends: object; readonly receive: Message; readonly send: Message }>;
  <
    const P extends string,
    I extends InputRecord = Record<never, never>,
    R extends Schema = undefined,
    S extends Schema = undefined,
    const D extends readonly Dependency[] = [],
  >(
    path: P,
    options: SocketOptions & {
      readonly input?: (I & DeclaresPath<P, I, D>) | undefined;
      /** The messages that clients send: JSON, which the schema reads. Left out, they are text and bytes. */
      readonly receive?: R | undefined;
      /** The messages that the handler sends: JSON, which the schema writes. Left out, they are text and bytes. */
      readonly send?: S | undefined;
      readonly dependencies?: D | undefined;
      /** The typed errors that the handshake may be refused with. */
      readonly errors?: readonly ErrorClass[] | undefined;
    } & RequiresInput<P, D>,
    handler: (values: Values<I>, socket: Socket<Received<R>, Given<S>>) => unknown,
  ): SocketRoute<
    P,
    {
      readonly sends: Sent<P, Flat<I> & NeedsOfAll<D>>;
      readonly receive: OnWire<R, In<R>>;
      readonly send: OnWire<S, Wire<S>>;
    }
  >;
}

/**
 * Declares a WebSocket. See `DeclareSocket`.
 * @example
 * export const chat = socket("/rooms/{room}", { input: { room: z.string() }, receive: Said, send: Heard }, async ({ room }, socket) => {
 *   for await (const { text } of socket) await socket.send({ room, text });
 * });
 */
export const socket: DeclareSocket = (path: unknown, ...args: readonly unknown[]) => {
  const bare = args.length === 1 && typeof args[0] === "function";
  const [options, handler] = bare ? [{}, args[0]] : args;
  const what = `socket ${String(path)}`;
  if (typeof path !== "string") {
    throw new ApusError(`APUS_PATH: ${what}: the first argument is the path, as in socket("/ws", …).`);
  }
  if (typeof handler !== "function") {
    throw new ApusError(
      `APUS_HANDLER: ${what}: the last argument is the handler, as in socket("/ws", { input }, async (values, socket) => …).`,
    );
  }
  if (typeof options !== "object" || options === null || isSchema(options)) {
    throw new ApusError(
      `APUS_OPTIONS: ${what}: the second argument is an object of options: { input: { name: schema } }.`,
    );
  }
  checkOptionNames(what, options, socketOptions);
  const declared: DeclaredSocket = ofThisCopy({
    kind: "socket",
    path,
    options,
    handler: handler as DeclaredSocket["handler"],
    bare,
    order: declarationNumber(),
    layers: [],
    ...declaredHere(),
  });
  return declared as never;
};

/** Whether a value is a socket. */
export function isSocket(value: unknown): value is DeclaredSocket {
  return isOfKind(value, "socket");
}
