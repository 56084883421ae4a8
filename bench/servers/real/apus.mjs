// The real route, served as `serve` does by itself. Run by Node and by Bun.
import { serve } from "apus/server";
import { app } from "./app.mjs";

await serve(app, { port: Number(process.env.PORT) });
