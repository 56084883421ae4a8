/** The `session` dependency, and how it finds what the `sessions` middleware has laid ready. */
import { connection, depends, type Dependency } from "../dependency/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import type { Connection } from "../exchange/index.ts";
import type { Session, SessionValues } from "./session-values.ts";

/** A session that is read when somebody asks for it. */
export class LazySession {
  readonly #open: () => Promise<SessionValues>;
  #opening: Promise<SessionValues> | undefined;
  #closed = false;
  /** Undefined while nobody has read it. */
  values: SessionValues | undefined;

  constructor(open: () => Promise<SessionValues>) {
    this.#open = open;
  }

  read(): Promise<SessionValues> {
    return (this.#opening ??= this.#open().then((values) => {
      if (this.#closed) values.close();
      return (this.values = values);
    }));
  }

  close(): void {
    this.#closed = true;
    this.values?.close();
  }
}

/** By the state of the request, which is one for everybody who sees the request. */
const laidReady = new WeakMap<Connection["state"], LazySession>();

/** What is laid ready last is what `session` gives: the middleware nearest to the operation. */
export function layReady(connection: Connection, lazy: LazySession): void {
  laidReady.set(connection.state, lazy);
}

/**
 * The session of the request; `sessions()` has to stand around the operation.
 * @example
 * post("/cart", { input: { item_id: z.int(), session } }, ({ item_id, session }) => {
 *   session.set("cart", [...z.array(z.int()).catch([]).parse(session.get("cart")), item_id]);
 * });
 */
export const session: Dependency<Session, never, "request", object> = depends(
  { connection },
  async (values): Promise<Session> => {
    const lazy = laidReady.get(values.connection.state);
    if (lazy !== undefined) return lazy.read();
    throw new ApusError(
      "APUS_SESSION: an operation reads the session, but no sessions() stands around it; add it: new App({ middleware: [sessions({ secretKey })] }).",
    );
  },
  { name: "session" },
);

/**
 * The same dependency with types for what the session keeps.
 * @example const mySession = sessionOf<{ userId: number; cart: string[] }>();
 */
export function sessionOf<Shape extends object>(): Dependency<Session<Shape>, never, "request", object> {
  return session as unknown as Dependency<Session<Shape>, never, "request", object>;
}
