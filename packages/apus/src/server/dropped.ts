/** What is said of connections that are one too many. */

/** How often, in ms: who opens many is not to fill the log. */
const interval = 60_000;

/** @returns To be called with each connection that is closed unanswered. */
export function warnsOfDropped(maxConnections: number): () => void {
  let silentUntil = 0;
  return () => {
    const now = performance.now();
    if (now < silentUntil) return;
    silentUntil = now + interval;
    console.warn(`apus: more than ${maxConnections} connections (maxConnections); new ones are closed`);
  };
}
