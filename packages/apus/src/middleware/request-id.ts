/** Gives each answer the id under which its request is reported. */
import { middleware, type Middleware } from "../around/index.ts";
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import { checkedHeader, type Connection, type HttpRequest } from "../exchange/index.ts";
import { exchangeOf } from "./exchange-of.ts";

/** Where the id stands and whose is taken. */
export interface RequestIdOptions {
  /** Default: `x-request-id`. */
  readonly header?: string | undefined;
  /** Whether the id that the request brings is taken: for a proxy that sets one and lets no client's through. Default: false. */
  readonly trust?: boolean | ((connection: Connection) => boolean) | undefined;
}

/** What may go into logs and headers unread: nothing that could end a line or pass for something else. */
const acceptable = /^[A-Za-z0-9._-]{1,128}$/;

/**
 * Puts the request's id, `request.id`, on every answer: a new random UUID, or where `trust` says so the id that the request
 * brings in the same header, if it is 1 to 128 letters, digits, dots, underscores and hyphens. Failures are reported under it.
 *
 * @throws ApusError for a name that no header can have.
 * @example new App({ middleware: [requestId({ trust: ({ client }) => client?.host === "10.0.0.1" })] });
 */
export function requestId(options: RequestIdOptions = {}): Middleware {
  checkOptionNames("requestId()", options, ["header", "trust"]);
  const { header = "x-request-id", trust = false } = options;
  checkedHeader(header, "");
  if (typeof trust !== "boolean" && typeof trust !== "function") {
    throw new ApusError("APUS_MIDDLEWARE: requestId({ trust }) is true, false, or a function of the connection.");
  }
  const takeGiven = (request: HttpRequest): void => {
    const given = request.headers.get(header);
    if (given === null || !acceptable.test(given)) return;
    // Exactly true: a function that gives a promise by mistake does not trust everybody.
    const trusted: unknown = typeof trust === "function" ? trust(request) : trust;
    if (trusted === true) exchangeOf(request).course.requestId = given;
  };
  return middleware(
    {
      onRequest: trust === false ? undefined : takeGiven,
      onAnswer: (answer, request) => answer.headers.set(header, request.id),
    },
    "requestId",
  );
}
