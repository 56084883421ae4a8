/** A program for the tests: a server with one handler that never ends and heeds no signal, and work that never ends either. */
import { App, background } from "apus";
import { serve } from "../serve.ts";

const app = new App({ timeout: null });
const never = (): Promise<never> => new Promise(() => {});
app.get("/handler", () => {
  console.log("handling");
  return never();
});
app.get("/stream", () => {
  console.log("streaming");
  return new Response(new ReadableStream<Uint8Array>({ pull: () => never() }));
});
app.get("/background", { input: { background } }, (given) => {
  given.background.add(() => {
    console.log("working");
    return never();
  });
});
const server = await serve(app, { port: 0, drainTimeout: 50, closeTimeout: 50 });
console.log(`listening on ${server.port}`);
