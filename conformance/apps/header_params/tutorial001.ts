// A header, whose name has dashes on the wire.
import { App, get, header, operationIds } from "apus";
import { z } from "zod";

const readItems = get(
  "/items/",
  { input: { user_agent: header(z.string().nullable().default(null)) } },
  ({ user_agent }) => ({
    "User-Agent": user_agent,
  }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
