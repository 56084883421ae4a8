// The reference server with zod loaded beside it: what the schema library alone adds to a cold start.
await import("zod");
await import("../baselines/raw.mjs");
