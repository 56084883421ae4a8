// The entry of a Cloudflare Worker. On Deno: Deno.serve(app.fetch). On Bun: Bun.serve({ fetch: app.fetch }).
import { app } from "./first-app.ts";

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

export default {
  fetch: (request: Request, _env: unknown, context: Context): Promise<Response> => app.fetch(request, context),
};
