/** Links a socket into a plan: that of its handshake, which is a GET request, and what it has besides. */
import { ApusError, atDeclaration } from "../diagnostic/index.ts";
import { request, type Declaration } from "../dependency/index.ts";
import { isToken } from "../exchange/index.ts";
import { inBody } from "../input/index.ts";
import type { Declared, DeclaredSocket } from "../operation/index.ts";
import { isSchema, type AnySchema } from "../schema/index.ts";
import {
  messageReader,
  messageWriter,
  originRule,
  settleLimits,
  socketLimits,
  type SocketLimits,
  type SocketSide,
} from "../websocket/index.ts";
import { isGeneratorFunction, refuseHole } from "./declaration.ts";
import { link } from "./link.ts";
import type { LinkContext } from "./link-context.ts";
import type { Plan } from "./plan.ts";
import { socketMethod } from "./socket-method.ts";

/** A socket with the keys that lead to it. */
export interface RoutedSocket {
  readonly socket: DeclaredSocket;
  readonly keys: readonly string[];
  /** Whether its function gives another socket its name, too. */
  readonly namesakes?: boolean;
}

/** @throws ApusError: it names the socket and the fix. */
export function linkSocket({ socket, ...routed }: RoutedSocket, context: LinkContext): Plan {
  const { path, options, order, layers, bare } = socket;
  const operation: Declared = {
    kind: "operation",
    method: socketMethod,
    methods: [socketMethod],
    path,
    options: withoutSide(options),
    handler: (bare ? withoutValues(socket.handler) : socket.handler) as Declared["handler"],
    order,
    layers,
  };
  try {
    const label = `${socketMethod} ${path}`;
    if (isGeneratorFunction(socket.handler)) {
      throw new ApusError(
        `APUS_GENERATOR: ${label}: a generator would never run, for nobody takes what it yields; make the handler an async function that says \`await socket.send(…)\`.`,
      );
    }
    const side = sideOf(socket, context, label);
    const plan = link({ operation, ...routed }, context, { socket: side });
    const body = plan.fields.find(inBody);
    if (body !== undefined) {
      throw new ApusError(
        `APUS_SOCKET_INPUT: ${plan.settings.label}: "${body.name}" would be read from a body, which a handshake has not; mark it query(), header() or cookie(), or receive it as a message.`,
      );
    }
    const asking = plan.steps.find((step) => step.declaration === (request as unknown as Declaration));
    if (asking !== undefined) {
      throw new ApusError(
        `APUS_SOCKET_INPUT: ${plan.settings.label}: "${asking.key}" is the \`request\`, which a socket has not; take \`connection\`, which works on both.`,
      );
    }
    return plan;
  } catch (error) {
    throw atDeclaration(error, socket);
  }
}

/** What a socket says that an operation could say too. */
function withoutSide(options: DeclaredSocket["options"]): Declared["options"] {
  const own = ["receive", "send", "subprotocols", ...Object.keys(socketLimits)];
  return Object.fromEntries(Object.entries(options).filter(([name]) => !own.includes(name)));
}

/** What it says of its limits. */
function onlyLimits(options: DeclaredSocket["options"]): SocketLimits {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(socketLimits, name)));
}

/** The handler that gets the socket alone, as one that gets values first. */
function withoutValues(handler: DeclaredSocket["handler"]): (values: never, socket: never) => unknown {
  const taking = (_: never, socket: never): unknown => (handler as (socket: never) => unknown)(socket);
  return Object.defineProperty(taking, "name", { value: handler.name });
}

function sideOf({ path, options, layers }: DeclaredSocket, { app }: LinkContext, label: string): SocketSide {
  const { receive, send, subprotocols = [] } = options;
  const said = [app.sockets, ...layers.map((each) => each.sockets), onlyLimits(options)];
  const strict = [app, ...layers, options].findLast((each) => each.strictTypes !== undefined)?.strictTypes ?? false;
  checkSchema("receive", receive, label);
  checkSchema("send", send, label);
  checkSubprotocols(subprotocols, label);
  const limits = settleLimits(said, label);
  return {
    receive,
    send,
    read: receive && messageReader(receive, strict ? "strict" : "lax", `${socketMethod}${path}/receive`),
    write: send && messageWriter(send, label, `${socketMethod}${path}/send`),
    subprotocols,
    limits,
    allows: originRule(said.findLast((each) => each?.origins !== undefined)?.origins, label),
  };
}

function checkSchema(name: string, schema: AnySchema | undefined, label: string): void {
  if (schema === undefined) return;
  if (!isSchema(schema)) throw new ApusError(`APUS_SCHEMA: ${label}: \`${name}\` has to be a schema.`);
  refuseHole(schema, name, label);
}

function checkSubprotocols(subprotocols: unknown, label: string): void {
  const isName = (each: unknown): boolean => typeof each === "string" && isToken(each);
  if (Array.isArray(subprotocols) && subprotocols.every(isName)) return;
  throw new ApusError(
    `APUS_SUBPROTOCOL: ${label}: \`subprotocols\` is ${JSON.stringify(subprotocols)}; give a list of names, which have neither spaces nor separators: ["chat.v2"].`,
  );
}
