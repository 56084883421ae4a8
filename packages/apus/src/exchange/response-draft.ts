/** What handlers and dependencies may add to the answer that is still to be made: the value of the `response` dependency. */
import { HeaderList } from "./header-list.ts";
import { CookiesToSet } from "./set-cookie.ts";

/** The answer so far. A `Reply` or `Response` that a handler returns, and an error, are sent without it. */
export class ResponseDraft {
  /** The status to answer with; the operation's own where it stays undefined. */
  status: number | undefined = undefined;
  /** Added to the answer's own. */
  readonly headers: HeaderList = new HeaderList();
  readonly cookies: CookiesToSet = new CookiesToSet(this.headers);
}
