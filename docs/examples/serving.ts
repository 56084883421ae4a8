// A server behind one proxy: what it believes, how long things may take, how it stops.
import { App, signal } from "apus";
import { serve, type Serving } from "apus/server";

export const app = new App({
  title: "Reports",
  version: "1.0.0",
  healthUrl: "/health", // 200, and 503 while the server drains
  bodyTimeout: 10_000, // a body has 10 seconds to arrive, or the next piece of an upload: 408
  timeout: 30_000, // a request has 30 seconds to be answered: 503
});

app.get("/report", { input: { stopped: signal } }, async ({ stopped }) => {
  const rows: number[] = [];
  for (let day = 1; day <= 7; day++) {
    stopped.throwIfAborted(); // the client left, time is up, or the server closes
    rows.push(await salesOf(day));
  }
  return rows;
});

async function salesOf(day: number): Promise<number> {
  return Promise.resolve(day * 100);
}

/** Starts it; SIGTERM and SIGINT stop it. */
export function start(port: number): Promise<Serving> {
  return serve(app, {
    port,
    trustedProxies: ["loopback", "10.0.0.0/8"],
    drainDelay: 5_000, // how often the load balancer asks for /health
    drainTimeout: 15_000,
  });
}
