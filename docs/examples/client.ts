import { createClient } from "apus/client";
import type { api } from "./items.ts"; // types only: no code of the server is loaded

export async function priceOf(baseUrl: string, item_id: number): Promise<number | undefined> {
  const client = createClient<typeof api>({ baseUrl });
  const answer = await client.get("/items/{item_id}", { path: { item_id } });
  if (answer.ok) return answer.value.price;
  if (answer.status === 404) return undefined; // answer.body.detail is "Item not found"
  throw new Error(answer.body.detail.map((problem) => problem.msg).join(", "));
}
