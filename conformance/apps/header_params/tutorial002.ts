// A header whose name really has an underscore.
import { App, get, header, operationIds } from "apus";
import { z } from "zod";

const readItems = get(
  "/items/",
  { input: { strange_header: header(z.string().nullable().default(null), { convertUnderscores: false }) } },
  ({ strange_header }) => ({ strange_header }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
