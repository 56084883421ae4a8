// The real route on Elysia, on Bun.
import { listen } from "./elysia-app.mjs";

listen();
