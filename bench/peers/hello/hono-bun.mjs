// The smallest Hono application on Bun: one route. Measured for its cold start and memory.
import { Hono } from "hono";

const app = new Hono();
app.get("/hello", (c) => c.json({ message: "Hello World" }));
Bun.serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" });
