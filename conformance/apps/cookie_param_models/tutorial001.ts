// Cookies as one model.
import { App, cookie, get, operationIds } from "apus";
import { z } from "zod";

const Cookies = z.object({
  session_id: z.string(),
  fatebook_tracker: z.string().nullable().default(null),
  googall_tracker: z.string().nullable().default(null),
});

const readItems = get("/items/", { input: { cookies: cookie(Cookies) } }, ({ cookies }) => cookies);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
