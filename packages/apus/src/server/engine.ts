/** What serves an App: our own HTTP/1.1 on the sockets of Node or Bun, or `node:http`. */

/** Where a server listens. */
export interface Address {
  readonly address: string;
  readonly family: string;
  readonly port: number;
}

export interface Engine {
  /** @throws What the system says, such as EADDRINUSE. */
  listen(host: string, port: number): Promise<Address>;
  /** Closes it; resolves once nothing is under way, or what is left was given up. */
  drain(): Promise<void>;
}
