// Why a target is not met, or why somebody else is ahead: one entry for each such line of RESULTS.md, under the id that stands
// there. An entry that no line needs any more is told by `npm run bench`, so that none outlives its reason.

/** @type {Record<string, string>} */
export const explanations = {
  bundle:
    "Hono and h3 are routers: without schemas, documents, forms, sockets or a reader of HTTP, which they leave to Node. The core of Apus is one file for Node, so that hello has all of it: about 28 % is the schema engine, 13 % the server, 9 % OpenAPI and AsyncAPI. Elysia's is as large before it is compressed.",
  cold: "On Bun: it is the loading of the code. A program that imports apus and apus/server and does nothing took 61 ms on a busy machine, an empty one 4; Hono has about a tenth of that code.",
  "memory/idle":
    "On Node only Python's FastAPI takes less, and it takes less than raw node:http as well. On Bun it is the code: a process that imports apus and does nothing has 8 to 12 MiB more than the 27 of an empty one; Hono has about a tenth of that code.",
  "memory/loaded":
    "On Bun the distances are about those of idle processes: load adds 13 to 16 MiB to each. On Node it adds 18 MiB, to raw node:http 17, and 1 to FastAPI, which begins lower as well.",
  "hello/apus-bun/elysia-bun":
    "Two thirds of such a request are the kernel's, the same for everybody, and Bun.serve by hand is no faster than either: nine rounds do not tell the servers apart. In 21 rounds half an hour later, with the head of an answer that equals the last one's kept: 0.89 (0.87-0.96). A full run takes as many since then.",
  "real/apus-bun/elysia-bun":
    "Other work ran during these rounds, as the table marks. In nine undisturbed rounds right after this run: 0.90 (0.85-0.93).",
  "hello/apus-bun/peers": "See hello/apus-bun/elysia-bun.",
  "real/apus-bun/peers": "See real/apus-bun/elysia-bun.",
  "cold/apus hello, one schema":
    "Its median is within the target, the interval of 25 starts is not. What is loaded besides zod is the core, one file, some 16 of 159 ms. In 41 starts an hour later: 1.05 (1.03-1.09). A full run takes as many since then.",
};
