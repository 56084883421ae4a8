// No document and no pages, unless the environment says DOCUMENTED=true.
import { App, get } from "apus";
import { settings } from "apus/settings";
import { z } from "zod";

const { documented } = settings(z.object({ documented: z.boolean().default(false) })).read();

const items = get("/items", () => ["lamp"]);

export const app = new App({ openapiUrl: documented ? "/openapi.json" : null }).include({ items });
