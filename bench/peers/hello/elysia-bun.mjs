// The smallest Elysia application on Bun: one route. Measured for its cold start and memory.
import { Elysia } from "elysia";

new Elysia()
  .get("/hello", () => ({ message: "Hello World" }))
  .listen({ port: Number(process.env.PORT), hostname: "127.0.0.1" });
