import { expect, it } from "vitest";
import { z } from "zod";
import { App, get, httpError, router } from "../index.ts";

const responsesOf = (app: App): Record<string, unknown> => {
  const { get: readItem } = app.openapi().paths["/items/{id}"]!;
  return (readItem as { responses: Record<string, unknown> }).responses;
};

it("documents invalid inputs beside a declared 422", () => {
  const Unusable = httpError(422, "Unusable");
  const readItem = get("/items/{id}", { input: { id: z.int() }, errors: [Unusable] }, ({ id }) => id);
  const responses = responsesOf(new App().include(router({ readItem })));
  expect(responses["422"]).toEqual({
    description: "Validation Error or Unusable",
    content: {
      "application/json": {
        schema: {
          anyOf: [
            { $ref: "#/components/schemas/HTTPValidationError" },
            { type: "object", properties: { detail: { type: "string", const: "Unusable" } }, required: ["detail"] },
          ],
        },
      },
    },
  });
});

it("leaves 422 to a range that somebody wrote", () => {
  const options = { input: { id: z.int() }, responses: { "4XX": { description: "Refused" } } };
  const responses = responsesOf(new App().include(router({ readItem: get("/items/{id}", options, ({ id }) => id) })));
  expect(Object.keys(responses)).toEqual(["200", "4XX"]);
});
