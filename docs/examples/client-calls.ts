import { createClient, NetworkError, TimeoutError, UnexpectedAnswer, type ClientOptions } from "apus/client";
import type { api } from "./items.ts";

/** A token, as the page got it when somebody signed in. */
export const session: { token?: string } = {};

export const clientFor = (baseUrl: string, fetch?: ClientOptions["fetch"]) =>
  createClient<typeof api>({
    baseUrl,
    auth: () => session.token, // asked before each request; undefined sends none
    headers: { "x-client": "web" },
    timeout: 10_000,
    fetch,
  });
type ItemsClient = ReturnType<typeof clientFor>;

/** Handles 404 itself; whatever else goes wrong is thrown. */
export async function nameOf(client: ItemsClient, item_id: number): Promise<string> {
  const answer = await client.get("/items/{item_id}", { path: { item_id }, errors: [404] });
  return answer.ok ? answer.value.name : answer.body.detail; // "Item not found"
}

/** Handles no error: the answer is a value, or something is thrown. */
export async function names(client: ItemsClient, signal: AbortSignal): Promise<string[]> {
  const { value } = await client.get("/items", { query: { limit: 10 }, signal, errors: [] });
  return value.map((item) => item.name);
}

/** What to tell the person in front of the screen. */
export function told(error: unknown): string {
  if (error instanceof TimeoutError) return "The server takes too long.";
  if (error instanceof NetworkError) return "The server cannot be reached.";
  if (error instanceof UnexpectedAnswer) return `The server has a problem (${error.status}).`;
  throw error; // a mistake of this program, or the reason with which the signal was aborted
}
