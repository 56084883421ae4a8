// hello, get and post, served with Node's own HTTP server.
import { serve } from "apus/server";
import { app } from "./app.mjs";

await serve(app, { port: Number(process.env.PORT), engine: "node:http" });
