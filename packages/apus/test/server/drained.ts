/** A program for the tests of draining: its handler goes on when the process gets SIGUSR2. */
import { once } from "node:events";
import { App, depends } from "apus";
import { serve } from "../serve.ts";

const pool = depends(
  async function* () {
    yield 1;
    console.log("pool closed");
  },
  { scope: "app" },
);
const app = new App();
app.get("/slow", { input: { pool } }, async () => {
  console.log("handling");
  await once(process, "SIGUSR2");
  console.log("handled");
  return "done";
});
const server = await serve(app, { port: 0 });
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => console.log("signal seen"));
console.log(`listening on ${server.port}`);
