/**
 * A request of `node:http` whose body may go straight to who wants the whole of it. As a stream it would be queued, told of in
 * events, and ended two turns later.
 */
import type { IncomingMessage as Message } from "node:http";
import type { Socket } from "node:net";
import { builtin } from "../builtin.ts";

/** Who takes the pieces of a body. */
export interface Collector {
  piece(bytes: Buffer): void;
  /** The body is complete. */
  end(): void;
  /** The connection, or the framing, broke. */
  fail(): void;
}

/** A request as our server makes them. */
interface NodeMessage extends Message {
  /** @returns false where something has arrived already: then the stream has it. */
  collect(collector: Collector): boolean;
  /** What comes from now on goes to the stream. */
  release(): void;
}

type MessageClass = typeof Message & (new (socket: Socket) => NodeMessage);

let made: MessageClass | undefined;

/** The class, made where a server is: given to `createServer`; Node's parser calls `push` with each piece, and with null at the end. */
export function nodeMessageClass(): MessageClass {
  return (made ??= declare());
}

/** Bun, and whoever emits requests, makes others. */
export function isNodeMessage(request: Message): request is NodeMessage {
  return made !== undefined && request instanceof made;
}

function declare(): MessageClass {
  const { IncomingMessage } = builtin("node:http");
  const { Readable } = builtin("node:stream");
  const { _dump: dump } = IncomingMessage.prototype as unknown as { _dump: (this: Message) => void };

  class Collected extends IncomingMessage implements NodeMessage {
    private collector: Collector | undefined = undefined;
    /** Whether everything has gone to a collector, so that nothing is left for the stream. */
    collected = false;

    collect(collector: Collector): boolean {
      if (this.complete || this.destroyed || this.readableLength > 0 || this.readableFlowing !== null) return false;
      this.collector = collector;
      return true;
    }

    release(): void {
      this.collector = undefined;
    }

    override push(chunk: Buffer | string | null, encoding?: BufferEncoding): boolean {
      const { collector } = this;
      if (collector === undefined || typeof chunk === "string") return super.push(chunk, encoding);
      if (chunk !== null) {
        collector.piece(chunk);
        return true;
      }
      this.collector = undefined;
      this.collected = true;
      collector.end();
      return false;
    }

    /** Called by Node's server for what nobody has read. */
    _dump(): void {
      if (!this.collected) dump.call(this);
    }

    override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
      const { collector } = this;
      this.collector = undefined;
      collector?.fail();
      super._destroy(error, callback);
    }
  }

  // For Node's server, which otherwise waits for the stream to end. An accessor there, and a property in its types.
  const { get: hasEnded } = Object.getOwnPropertyDescriptor(Readable.prototype, "readableEnded")!;
  Object.defineProperty(Collected.prototype, "readableEnded", {
    configurable: true,
    get(this: Collected): boolean {
      return this.collected || hasEnded!.call(this) === true;
    },
  });
  return Collected;
}
