/** What a call throws that is no value: an answer that it does not expect, no answer, or none in time. */

/**
 * The server answered what the call does not handle: an error that is not among its `errors` or not written as this
 * framework writes them, a fault of the server (5xx), or JSON that is none.
 */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
  readonly status: number;
  /** Its body has been read: it is `text`. */
  readonly response: Response;
  readonly text: string;

  constructor(what: string, response: Response, text: string) {
    super(`${what} answered ${response.status}, which this call does not expect: ${text.slice(0, 200)}`);
    this.status = response.status;
    this.response = response;
    this.text = text;
  }
}

/** No answer came, or it broke off: the server cannot be reached, or the browser forbids the page to ask it. `cause` is what `fetch` threw. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/** The `timeout` was over before the whole answer was there. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}
