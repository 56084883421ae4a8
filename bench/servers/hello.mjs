// The smallest Apus application: one operation without a schema. Measured for its cold start.
import { App } from "apus";
import { serve } from "apus/server";

const app = new App({ title: "Hello" });
app.get("/hello", () => ({ message: "Hello World" }));

await serve(app, { port: Number(process.env.PORT) });
