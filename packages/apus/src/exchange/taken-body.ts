/**
 * The whole body of a request on its way to a call-back: nothing waits for it in between. It is kept for whoever asks for it
 * later.
 */
import { BodyTimeoutError } from "./errors.ts";
import type { Course } from "./course.ts";
import type { Incoming } from "./incoming.ts";

type Done = (bytes: Uint8Array) => void;
type Fail = (error: unknown) => void;

export class TakenBody {
  /** The bytes, once they are there. */
  private bytes: Uint8Array | undefined = undefined;
  private failed: { readonly error: unknown } | undefined = undefined;
  private waiting: { readonly done: Done; readonly fail: Fail }[] | undefined = undefined;
  /** Who is told first; not any more once it was. */
  private done: Done | undefined;
  private fail: Fail | undefined;
  private readonly course: Course;
  private timer: unknown = undefined;

  constructor(course: Course, done: Done, fail: Fail) {
    this.course = course;
    this.done = done;
    this.fail = fail;
  }

  /** @param timeout How long it may take, in ms; null where nothing limits it. */
  begin(incoming: Incoming, limit: number, timeout: number | null): void {
    incoming.collect!(limit, this.arrive, this.miss);
    // What came with the headers is there already.
    if (this.done === undefined) return;
    if (timeout !== null) {
      this.timer = this.course.timers.set(timeout, () => this.giveUp(new BodyTimeoutError(timeout)));
    }
    this.course.stopsReading(this.giveUp);
  }

  /** For who asks besides. */
  promise(): Promise<Uint8Array> {
    if (this.bytes !== undefined) return Promise.resolve(this.bytes);
    if (this.failed !== undefined) return Promise.reject(this.failed.error);
    return new Promise((done, fail) => void (this.waiting ??= []).push({ done, fail }));
  }

  private readonly arrive = (bytes: Uint8Array): void => {
    this.bytes = bytes;
    for (const each of this.waiting ?? []) each.done(bytes);
    const { done } = this;
    this.tell();
    done?.(bytes);
  };

  private readonly miss = (error: unknown): void => {
    this.failed = { error };
    for (const each of this.waiting ?? []) each.fail(error);
    this.giveUp(error);
  };

  /** The one who asked first waits no longer; the body may still come. */
  private readonly giveUp = (error: unknown): void => {
    const { fail } = this;
    this.tell();
    fail?.(error);
  };

  private tell(): void {
    this.done = undefined;
    this.fail = undefined;
    if (this.timer === undefined) return;
    this.course.timers.clear(this.timer);
    this.timer = undefined;
  }
}
