// An answer with any keys.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readKeywordWeights = get("/keyword-weights/", { output: z.record(z.string(), z.number()) }, () => ({
  foo: 2.3,
  bar: 3.4,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readKeywordWeights,
});
