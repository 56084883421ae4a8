/** A program that is slow to start: the second of what it opens waits for SIGUSR2. */
import { once } from "node:events";
import { App, depends } from "apus";
import { serve } from "../serve.ts";

const opens = (name: string, until: () => Promise<unknown>) =>
  depends(
    async function* () {
      console.log(`opening ${name}`);
      await until();
      console.log(`${name} open`);
      yield name;
      console.log(`${name} closed`);
    },
    { scope: "app" },
  );
const soon = (): Promise<void> => Promise.resolve();
const input = {
  first: opens("first", soon),
  second: opens("second", () => once(process, "SIGUSR2")),
  third: opens("third", soon),
};
const app = new App();
app.get("/", { input }, () => 1);
process.once("SIGTERM", () => console.log("signal seen"));
setInterval(() => {}, 2_147_483_647); // waiting for a signal keeps no process alive
const server = await serve(app, { port: 0 });
console.log(`listening on ${server.port}`);
