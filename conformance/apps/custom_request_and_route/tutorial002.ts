// Invalid inputs of some operations are answered with the text of the body.
import { App, RequestValidationError, body, json, onError, operationIds, post, router } from "apus";
import { z } from "zod";

const sumNumbers = post("/", { input: { numbers: body(z.array(z.int())) } }, ({ numbers }) =>
  numbers.reduce((sum, each) => sum + each, 0),
);

const withBody = onError(RequestValidationError, async (error, request) =>
  json({ detail: { errors: error.errors(), body: await request.text() } }, { status: 422 }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include(
  router({ sumNumbers }, { onError: [withBody] }),
);
