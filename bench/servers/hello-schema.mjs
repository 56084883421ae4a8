// The smallest Apus application with a schema: one operation whose answer is checked. Measured for its cold start.
import { App } from "apus";
import { serve } from "apus/server";
import { z } from "zod";

const app = new App({ title: "Hello" });
app.get("/hello", { output: z.object({ message: z.string() }) }, () => ({ message: "Hello World" }));

await serve(app, { port: Number(process.env.PORT) });
