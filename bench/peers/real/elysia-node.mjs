// The real route on Elysia, on Node by its adapter.
import { node } from "@elysiajs/node";
import { listen } from "./elysia-app.mjs";

listen({ adapter: node() });
