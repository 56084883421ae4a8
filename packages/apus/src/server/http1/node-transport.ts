/** Connections of Node. */
import type { AddressInfo, Socket } from "node:net";
import { builtin } from "../builtin.ts";
import { takenFrom } from "../stall.ts";
import type { Bytes, Listener, Receiver, Transport, Upgradable } from "./transport.ts";

class NodeTransport implements Transport, Upgradable {
  readonly socket: Socket;
  private readonly receiver: Receiver;
  /** Tells the receiver nothing more. */
  private readonly forget: () => void;

  constructor(socket: Socket, accept: (transport: Transport) => Receiver) {
    this.socket = socket;
    const receiver = (this.receiver = accept(this));
    const take = (bytes: Buffer): void => receiver.take(bytes as Bytes);
    const drained = (): void => receiver.drained();
    const ended = (): void => receiver.ended();
    const closed = (): void => receiver.hasClosed();
    socket.on("data", take).on("drain", drained).on("end", ended).on("close", closed);
    // It is closed after an error by itself.
    socket.on("error", ignore);
    this.forget = () => void socket.off("data", take).off("drain", drained).off("end", ended).off("close", closed);
  }

  get upgradable(): Upgradable {
    return this;
  }

  release(closed: () => void): void {
    this.socket.pause();
    this.forget();
    this.socket.on("close", closed);
  }

  get remoteAddress(): string | undefined {
    return this.socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.socket.remotePort;
  }

  write(text: string, tail: string, size: number): boolean {
    const all = text + tail;
    return this.wrote(this.socket.write(all, size === all.length ? "latin1" : "utf8"));
  }

  writeBytes(bytes: Uint8Array): boolean {
    return this.wrote(this.socket.write(bytes));
  }

  /** @param goesOn What Node says: whether so little is left that it will not tell when it is gone. */
  private wrote(goesOn: boolean): boolean {
    const { socket } = this;
    if (socket.writableLength === 0) return true;
    if (goesOn) {
      socket.write("", () => {
        if (socket.writableLength === 0) this.receiver.drained();
      });
    }
    return false;
  }

  shutdown(): void {
    this.socket.end();
  }

  end(): void {
    this.socket.destroySoon();
  }

  terminate(): void {
    this.socket.destroy();
  }

  get taken(): number {
    return takenFrom(this.socket);
  }

  reset(): void {
    this.socket.resetAndDestroy();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }
}

function ignore(): void {}

/** As `Listen` says. */
export function listenOnNode(
  host: string,
  port: number,
  accept: (transport: Transport) => Receiver,
): Promise<Listener> {
  const server = builtin("node:net").createServer(
    { allowHalfOpen: true, noDelay: true },
    (socket) => void new NodeTransport(socket, accept),
  );
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve({ ...(server.address() as AddressInfo), stop: () => void server.close() });
    });
  });
}
