// operation() for several methods keeps what get(), post() and their like keep: path, inputs, answer and errors.
import { httpError, operation } from "apus";
import { createClient } from "apus/client";
import { z } from "zod";

const NotFound = httpError(404, "Item not found");
const Item = z.object({ name: z.string() });

const change = operation(
  ["PUT", "PATCH"],
  "/items/{id}",
  { input: { id: z.int(), item: Item }, output: Item, errors: [NotFound] },
  ({ id, item }) => ({ name: `${item.name} ${id.toFixed(0)}` }),
);
export const method: "PUT" | "PATCH" = change.method;
export const path: "/items/{id}" = change.path;
export const short = operation(["GET", "OPTIONS"], "/", () => ({ message: "hi" }));

// @ts-expect-error an answer that does not fit the output
operation(["GET", "POST"], "/x", { output: Item }, () => ({ name: 1 }));
// @ts-expect-error a path parameter that nobody declares
operation(["GET", "POST"], "/x/{id}", () => 1);
// @ts-expect-error no methods
operation([], "/x", () => 1);
// @ts-expect-error no method of HTTP
operation(["FETCH"], "/x", () => 1);

const api = { change, short };
export async function calls(): Promise<string> {
  const client = createClient<typeof api>({ baseUrl: "" });
  const answer = await client.patch("/items/{id}", { path: { id: 1 }, body: { name: "a" } });
  if (answer.ok) return answer.value.name;
  if (answer.status === 404) return answer.body.detail satisfies "Item not found";
  return answer.body.detail[0]?.msg ?? "";
}
