// The smallest Elysia application on Node: one route. Measured for its cold start, memory and bundle.
import { node } from "@elysiajs/node";
import { Elysia } from "elysia";

new Elysia({ adapter: node() })
  .get("/hello", () => ({ message: "Hello World" }))
  .listen({ port: Number(process.env.PORT), hostname: "127.0.0.1" });
