/** The body of a request, read once, whoever asks for it: as a whole, by a call-back, as what is there, or piece by piece. */
import { ApusError } from "../diagnostic/index.ts";
import { BodyStream, onePiece } from "./body-stream.ts";
import type { Course } from "./course.ts";
import { BodyTimeoutError, BodyTooLargeError } from "./errors.ts";
import type { Content, Incoming } from "./incoming.ts";
import { TakenBody } from "./taken-body.ts";

/** A body that was read under one limit, for a reader who may allow less. */
function within(body: Promise<Uint8Array>, under: number, limit: number): Promise<Uint8Array> {
  if (limit >= under) return body;
  return body.then((bytes) => {
    if (bytes.byteLength > limit) throw new BodyTooLargeError(limit);
    return bytes;
  });
}

function takenAlready(): ApusError {
  return new ApusError(
    "APUS_BODY: the body was taken as a stream already, and there is no second reader's share of it; keep what both need, or read the whole body first: request.bytes().",
  );
}

/** Whose body it is. The course is asked for only where something has to be waited for. */
interface Owner {
  readonly course: Course;
}

/** Limits are in bytes, time-outs in ms; null where nothing limits the time. */
export class Body {
  private readonly incoming: Incoming;
  private readonly exchange: Owner;
  /** Whose body it is, where another view of the same request has it. */
  private readonly origin: Body | undefined;
  private arrived: Promise<Uint8Array> | undefined = undefined;
  private arrivedUnder = 0;
  private taken: TakenBody | undefined = undefined;
  private here: Content | undefined = undefined;
  private read: Promise<Uint8Array> | undefined = undefined;
  private readUnder = 0;
  /** Whether it went to a reader piece by piece: then nobody has the whole of it. */
  private streamed = false;

  constructor(incoming: Incoming, exchange: Owner, origin: Body | undefined) {
    this.incoming = incoming;
    this.exchange = exchange;
    this.origin = origin;
  }

  whole(limit: number, timeout: number | null): Promise<Uint8Array> {
    if (this.read === undefined) {
      this.read = this.inTime(this.arriving(limit), timeout);
      this.readUnder = limit;
    }
    return within(this.read, this.readUnder, limit);
  }

  take(limit: number, timeout: number | null, done: (bytes: Uint8Array) => void, fail: (error: unknown) => void): void {
    if (!this.isUnread || this.incoming.collect === undefined) {
      this.whole(limit, timeout).then(done, fail);
      return;
    }
    this.taken = new TakenBody(this.exchange.course, done, fail);
    this.arrivedUnder = limit;
    this.taken.begin(this.incoming, limit, timeout);
  }

  present(limit: number): Content | undefined {
    const content = this.isUnread ? this.incoming.arrived?.(limit) : undefined;
    if (content !== undefined) {
      this.here = content;
      this.arrivedUnder = limit;
    }
    return content;
  }

  stream(limit: number, timeout: number | null): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => new BodyStream(this.pieces(limit), timeout, this.exchange.course) };
  }

  private get isUnread(): boolean {
    return (
      this.read === undefined &&
      this.arrived === undefined &&
      this.taken === undefined &&
      this.here === undefined &&
      this.origin === undefined &&
      !this.streamed
    );
  }

  /** What was taken already, for those who ask besides. */
  private keepTaken(): void {
    if (this.taken !== undefined) this.arrived ??= this.taken.promise();
    else if (this.here !== undefined) this.arrived ??= Promise.resolve(this.here.bytes());
  }

  /** The body as it arrives, one for all views of the request; how long it may take is for each of them to say. */
  private arriving(limit: number): Promise<Uint8Array> {
    if (this.origin !== undefined) return this.origin.arriving(limit);
    if (this.streamed) return Promise.reject(takenAlready());
    this.keepTaken();
    if (this.arrived === undefined) {
      this.arrived = this.incoming.read(limit);
      this.arrivedUnder = limit;
    }
    return within(this.arrived, this.arrivedUnder, limit);
  }

  private pieces(limit: number): AsyncIterator<Uint8Array> {
    if (this.origin !== undefined) return this.origin.pieces(limit);
    this.keepTaken();
    if (this.arrived !== undefined) return onePiece(within(this.arrived, this.arrivedUnder, limit));
    if (this.streamed) throw takenAlready();
    this.streamed = true;
    return this.incoming.chunks(limit)[Symbol.asyncIterator]();
  }

  /** Waits no longer than the body may take, and no longer than anybody waits for the answer. */
  private inTime(body: Promise<Uint8Array>, timeout: number | null): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const { timers } = this.exchange.course;
      const timer = timeout === null ? undefined : timers.set(timeout, () => reject(new BodyTimeoutError(timeout)));
      this.exchange.course.stopsReading(reject);
      body.then(
        (bytes) => {
          timers.clear(timer);
          resolve(bytes);
        },
        (error: unknown) => {
          timers.clear(timer);
          reject(error);
        },
      );
    });
  }
}
