/** How connections are kept between requests. */
export interface KeepAlive {
  /** In ms. */
  readonly timeout: number;
  /** The value of the `Keep-Alive` header. */
  readonly header: string;
  /** The lines of an answer that say that its connection is kept. */
  readonly lines: string;
}

/** What clients are told is what Node would tell them. */
export function keepAliveOf(timeout: number, maxRequestsPerSocket: number): KeepAlive {
  const header = `timeout=${Math.floor(timeout / 1000)}, max=${maxRequestsPerSocket}`;
  return { timeout, header, lines: `Connection: keep-alive\r\nKeep-Alive: ${header}\r\n` };
}
