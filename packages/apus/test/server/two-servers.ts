/** A program with two servers: one is idle, and the handler of the other goes on when the process gets SIGUSR2. */
import { once } from "node:events";
import { App, depends } from "apus";
import { serve } from "../serve.ts";

const lifespan = depends(
  async function* () {
    yield 1;
    console.log("idle app closed");
  },
  { scope: "app" },
);
const app = new App();
app.get("/slow", async () => {
  console.log("handling");
  await once(process, "SIGUSR2");
  return "done";
});
await serve(new App({ lifespan }), { port: 0 });
const server = await serve(app, { port: 0 });
console.log(`listening on ${server.port}`);
