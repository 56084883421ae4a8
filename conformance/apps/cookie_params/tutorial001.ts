// A cookie.
import { App, cookie, get, operationIds } from "apus";
import { z } from "zod";

const readItems = get("/items/", { input: { ads_id: cookie(z.string().nullable().default(null)) } }, ({ ads_id }) => ({
  ads_id,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
