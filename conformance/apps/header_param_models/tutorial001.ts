// Headers as one model.
import { App, get, header, operationIds } from "apus";
import { z } from "zod";

const CommonHeaders = z.object({
  host: z.string(),
  save_data: z.boolean(),
  if_modified_since: z.string().nullable().default(null),
  traceparent: z.string().nullable().default(null),
  x_tag: z.array(z.string()).default([]),
});

const readItems = get("/items/", { input: { headers: header(CommonHeaders) } }, ({ headers }) => headers);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
