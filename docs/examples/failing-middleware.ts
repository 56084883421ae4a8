// What middleware sees of errors: hooks, and the onion.
import { App, around, HTTPException, middleware, text } from "apus";

/** Answers unlisted errors, which have been reported by then. */
const apologise = middleware({
  onError: (_, request) => text(`Sorry. Tell us the number ${request.id}.`, { status: 500 }),
});

/** Refuses before anything further in is asked. */
const closedAtNight = (hour: () => number) =>
  middleware({
    onRequest() {
      if (hour() >= 22) throw new HTTPException(503, "We are closed", { headers: { "retry-after": "28800" } });
    },
  });

/** Sees what became of the request, whatever it was: `next` does not reject. */
const counted = (count: (status: number, failed: boolean) => void) =>
  around(async (_, next) => {
    const answer = await next();
    count(answer.status, answer.error !== undefined);
    return answer;
  });

export const counts: string[] = [];
export const clock = { hour: 12 };

export const app = new App({
  middleware: [
    counted((status, failed) => counts.push(`${status}${failed ? " failed" : ""}`)),
    apologise,
    closedAtNight(() => clock.hour),
  ],
  report: () => {}, // where failures go instead of the console: an error tracker, a log
});
app.get("/", () => "open");
app.get("/broken", () => {
  throw new Error("the till is stuck");
});
