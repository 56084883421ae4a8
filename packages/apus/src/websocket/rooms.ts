/** Rooms: who is to hear what is said, and a broadcast that nobody can hold up. */
import { ApusError } from "../diagnostic/index.ts";
import { depends, type Dependency } from "../dependency/index.ts";
import { isSchema, type AnySchema, type Gives } from "../schema/index.ts";
import { checkMessage, messageWriter, type Message } from "./message.ts";
import { ServerSocket } from "./server-socket.ts";
import type { Socket } from "./socket.ts";

/** The rooms of one app, by name. They are in this process alone. */
export interface Rooms<S = Message> {
  /** Lets a socket hear what is broadcast in a room, once however often it joins. It leaves by itself when it is closed. */
  join(room: string, socket: Socket<unknown, S>): void;
  /** Takes a socket out of a room. */
  leave(room: string, socket: Socket<unknown, S>): void;
  /** Takes a socket out of all rooms. */
  leaveAll(socket: Socket<unknown, S>): void;
  /**
   * Sends a message to everyone in a room, written once and without waiting for anybody: a client that is too slow to take what
   * is sent is closed (`maxBuffered`).
   * @param options.except Who is left out, such as the one who said it.
   * @returns How many it was sent to.
   * @throws ApusError for a message that the schema does not allow.
   */
  broadcast(
    room: string,
    message: S,
    options?: { readonly except?: Socket<unknown, S> | undefined } | undefined,
  ): number;
  /** How many are in a room. */
  size(room: string): number;
  /** The rooms that anybody is in. */
  readonly names: readonly string[];
}

type Sent<S> = [S] extends [undefined] ? Message : Gives<S>;

/**
 * Rooms as a dependency: each app has its own, and operations, sockets and other dependencies use it alike.
 *
 * @param send The schema of the messages, the `send` of the sockets that join. Left out, they are text and bytes.
 * @throws ApusError for what is no schema.
 * @example
 * const chat = rooms(Heard);
 * socket("/rooms/{room}", { input: { room: z.string(), chat }, receive: Said, send: Heard }, async ({ room, chat }, socket) => {
 *   await socket.accept();
 *   chat.join(room, socket);
 *   for await (const { text } of socket) chat.broadcast(room, { text });
 * });
 */
export function rooms<S extends AnySchema | undefined = undefined>(
  send?: S,
): Dependency<Rooms<Sent<S>>, never, "app", object> {
  if (send !== undefined && !isSchema(send)) {
    throw new ApusError("APUS_SCHEMA: rooms(schema) takes the schema of its messages, or nothing.");
  }
  const write = send === undefined ? checkBroadcast : messageWriter(send, "a room", "rooms/send");
  return depends(() => new AppRooms(write) as Rooms<Sent<S>>, { scope: "app", name: "rooms" });
}

class AppRooms implements Rooms<never> {
  readonly #write: (message: unknown) => Message;
  readonly #rooms = new Map<string, Set<ServerSocket>>();
  /** Where each is that ever joined: to leave costs as much as was joined, however many rooms there are. */
  readonly #joined = new WeakMap<ServerSocket, Set<string>>();

  constructor(write: (message: unknown) => Message) {
    this.#write = write;
  }

  join(room: string, socket: unknown): void {
    const joining = checkSocket(socket, "join");
    if (joining.isOver) return;
    const members = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, members.add(joining));
    const joined = this.#joined.get(joining);
    if (joined === undefined) {
      this.#joined.set(joining, new Set([room]));
      // Asked only once to say when it leaves.
      joining.whenOver(() => this.leaveAll(joining));
    } else joined.add(room);
  }

  leave(room: string, socket: unknown): void {
    const leaving = checkSocket(socket, "leave");
    if (this.#joined.get(leaving)?.delete(room) === true) this.#without(room, leaving);
  }

  leaveAll(socket: unknown): void {
    const leaving = checkSocket(socket, "leaveAll");
    const joined = this.#joined.get(leaving);
    for (const room of joined ?? []) this.#without(room, leaving);
    joined?.clear();
  }

  #without(room: string, leaving: ServerSocket): void {
    const members = this.#rooms.get(room);
    members?.delete(leaving);
    if (members?.size === 0) this.#rooms.delete(room);
  }

  broadcast(room: string, message: unknown, { except }: { readonly except?: unknown } = {}): number {
    const data = this.#write(message);
    let sent = 0;
    // Who is too slow leaves meanwhile.
    for (const member of this.#rooms.get(room) ?? []) {
      if (member !== except && member.deliver(data)) sent++;
    }
    return sent;
  }

  size(room: string): number {
    return this.#rooms.get(room)?.size ?? 0;
  }

  get names(): readonly string[] {
    return [...this.#rooms.keys()];
  }
}

function checkBroadcast(data: unknown): Message {
  return checkMessage(
    data,
    "rooms without a schema send",
    "declare rooms(schema), and give the sockets the same `send`",
  );
}

function checkSocket(socket: unknown, method: string): ServerSocket {
  if (socket instanceof ServerSocket) return socket;
  throw new ApusError(`APUS_ROOM: ${method}() takes the socket that a handler was given.`);
}
