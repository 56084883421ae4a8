// The smallest Fastify application: one route. Measured for its cold start, memory and bundle.
import Fastify from "fastify";

const app = Fastify();
app.get("/hello", async () => ({ message: "Hello World" }));
await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
