/** Tells how long an answer took. */
import { checkOptionNames } from "../diagnostic/index.ts";
import { middleware, type Middleware } from "../around/index.ts";
import { checkedHeader, type HttpRequest } from "../exchange/index.ts";

/** What is told besides. */
export interface TimingOptions {
  /** A header for the time in seconds as a plain number, such as `x-process-time`. Default: none. */
  readonly header?: string | undefined;
}

/**
 * Adds `Server-Timing: total;dur=…` (W3C Server Timing), in milliseconds, which browsers show among their network tools: the
 * time from this middleware's place in the list inwards, until the answer begins; a stream goes on after that. Metrics that
 * the answer already has stay. Clients learn from it how long a piece of work took, though not what they could not measure.
 *
 * @throws ApusError for a name that no header can have.
 * @example new App({ middleware: [timing({ header: "x-process-time" })] });
 */
export function timing(options: TimingOptions = {}): Middleware {
  checkOptionNames("timing()", options, ["header"]);
  const { header } = options;
  if (header !== undefined) checkedHeader(header, "");
  const starts = new WeakMap<HttpRequest, number>();
  return middleware(
    {
      onRequest(request) {
        starts.set(request, performance.now());
      },
      onAnswer({ headers }, request) {
        const took = performance.now() - starts.get(request)!;
        headers.append("server-timing", `total;dur=${took.toFixed(3)}`);
        if (header !== undefined) headers.set(header, (took / 1000).toFixed(6));
      },
    },
    "timing",
  );
}
