// Finished answers of two kinds.
import { App, get, json, operationIds, redirect } from "apus";
import { z } from "zod";

const getPortal = get("/portal", { input: { teleport: z.boolean().default(false) } }, ({ teleport }) =>
  teleport
    ? redirect("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    : json({ message: "Here's your interdimensional portal." }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  getPortal,
});
