/**
 * Follows the plan of a socket: guards, dependencies, then the handler, which says whether the handshake is accepted. The answer
 * to the handshake, a 101 or a refusal, is there as soon as that is said; the handler's end and the clean-ups follow it.
 */
import { ApusError } from "../diagnostic/index.ts";
import { handlerFor, HTTPException, RequestValidationError } from "../error/index.ts";
import type { Answer, Exchange, Handshake } from "../exchange/index.ts";
import {
  fittingReason,
  ServerSocket,
  WebSocketDisconnect,
  WebSocketException,
  type SocketSide,
} from "../websocket/index.ts";
import { failureOf, isStopped } from "./deadline.ts";
import { askable, failure, tell } from "./failure.ts";
import { drafted } from "./finish.ts";
import type { Plan } from "./plan.ts";
import { warnOfOrigin, warnOfSilence } from "./socket-warnings.ts";
import { StepRun, stopWhenInterrupted } from "./step-run.ts";

type Handler = (values: object, socket: ServerSocket) => unknown;

const silent = (): void => {};

/** How a handler ended. */
interface Ended {
  readonly kind: "ended";
  readonly failed: { readonly error: unknown } | undefined;
}

export class SocketRun {
  readonly #plan: Plan;
  readonly #side: SocketSide;
  readonly #exchange: Exchange;
  readonly #handshake: Handshake;
  readonly #steps: StepRun;
  readonly #socket: ServerSocket;

  constructor(plan: Plan, side: SocketSide, exchange: Exchange) {
    this.#plan = plan;
    this.#side = side;
    this.#exchange = exchange;
    this.#handshake = exchange.course.handshake!;
    this.#steps = new StepRun(plan, exchange);
    this.#socket = new ServerSocket(side, this.#handshake, exchange);
  }

  async answer(): Promise<Answer> {
    const exchange = this.#exchange;
    const steps = this.#steps;
    try {
      if (!this.#side.allows(exchange)) {
        if (this.#handshake.development) warnOfOrigin(this.#plan, exchange);
        throw new HTTPException(403, "Pages of this origin may not connect; the server lists others in `origins`");
      }
      await steps.phase(1);
      stopWhenInterrupted(exchange);
      const values = steps.read(undefined);
      if (steps.problems.length > 0) throw new RequestValidationError(steps.problems);
      await steps.phase(3);
      stopWhenInterrupted(exchange);
      steps.inject(values);
      const ended = this.#handle(values);
      const first = await Promise.race([this.#socket.decision, ended]);
      if (first.kind === "accepted") {
        const answer = { status: 101, headers: first.headers, body: null, after: () => this.#follow(ended) };
        return drafted(answer, exchange.drafted);
      }
      if (first.kind === "closed") return { ...(await this.#refuse(first)), after: () => this.#follow(ended) };
      if (first.failed !== undefined) throw first.failed.error;
      // It has nothing to say to the client: as if it had closed the socket.
      if (this.#handshake.development) warnOfSilence(this.#plan);
      const answer = await this.#refuse({ code: 1000, reason: "" });
      const failed = await steps.cleanup.exit(["function"], undefined);
      if (failed !== undefined) throw failed.error;
      return { ...answer, after: () => steps.after() };
    } catch (error) {
      return this.#refuseFor((await steps.fail(error)).error);
    }
  }

  /** Runs the handler. The time-out is that of the handshake: once it has been accepted, nobody waits for an answer. */
  async #handle(values: object): Promise<Ended> {
    const handler = this.#plan.operation.handler as unknown as Handler;
    try {
      refuseGenerator(await handler(values, this.#socket), this.#plan);
      return { kind: "ended", failed: undefined };
    } catch (error) {
      return { kind: "ended", failed: { error } };
    }
  }

  /** The answer to a handshake that was closed by a code, which the client of a handshake cannot be told. */
  async #refuse(
    close: { readonly code: number; readonly reason: string },
    detail: unknown = close.reason,
  ): Promise<Answer> {
    this.#handshake.closed = close;
    const error = new HTTPException(403, detail === "" ? undefined : detail);
    return failure(error, this.#exchange, this.#plan);
  }

  /** The answer to a handshake that failed. */
  async #refuseFor(thrown: unknown): Promise<Answer> {
    const error = askable(thrown);
    if (handlerFor(error, this.#plan.settings.errorHandlers) === undefined) {
      if (error instanceof WebSocketException) return this.#refuse(error);
      if (error instanceof RequestValidationError) {
        const errors = error.errors();
        return this.#refuse({ code: 1008, reason: fittingReason(JSON.stringify(errors)) }, errors);
      }
    }
    // What was reported where it was sent is not reported again.
    const plan = this.#socket.hasTold(error) ? { ...this.#plan, report: silent } : this.#plan;
    return failureOf(error, this.#exchange, plan);
  }

  /** What follows the answer: the handler's end, the clean-ups, and the end of the connection. Never rejects. */
  async #follow(ending: Promise<Ended>): Promise<void> {
    const ended = await ending;
    const failed = ended.failed ?? (await this.#steps.cleanup.exit(["function"], undefined));
    if (failed === undefined) {
      this.#socket.close();
      await this.#steps.after();
      return;
    }
    this.#closeFor(askable((await this.#steps.fail(failed.error)).error));
  }

  #closeFor(error: unknown): void {
    const socket = this.#socket;
    if (error instanceof WebSocketDisconnect) return socket.close();
    if (error instanceof WebSocketException) return socket.close(error.code, error.reason);
    // Thrown on purpose, its words are meant for the client.
    if (error instanceof HTTPException && error.status < 500) {
      return socket.close(1008, typeof error.detail === "string" ? error.detail : error.message);
    }
    if (isStopped(error, this.#exchange)) return socket.close(1001);
    this.#exchange.course.failure ??= error ?? new Error(`${String(error)} was thrown`);
    if (!socket.hasTold(error)) tell(this.#plan.report, error, this.#exchange);
    socket.close(1011);
  }
}

/** @throws ApusError for the object of a generator, of which nothing has run: some handlers tell only by what they return. */
function refuseGenerator(returned: unknown, { settings }: Plan): void {
  if (typeof returned !== "object" || returned === null || !("next" in returned)) return;
  if (!(Symbol.asyncIterator in returned || Symbol.iterator in returned)) return;
  throw new ApusError(
    `APUS_GENERATOR: ${settings.label} returned a generator, which never runs; make the handler an async function that says \`await socket.send(…)\`.`,
  );
}
