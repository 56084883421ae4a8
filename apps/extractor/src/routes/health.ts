// Whether the extractor can do its work, for people and for what watches over processes.
import { get, json } from "apus";
import { openedLibrary } from "./library-dependency.ts";
import { Health } from "./schemas.ts";

export const readHealth = get(
  "/health",
  {
    summary: "Health",
    description: "Looks whether the library can be used at this moment.",
    input: { library: openedLibrary },
    output: Health,
    responses: { 503: { description: "The library cannot be used", schema: Health } },
  },
  async ({ library }) => {
    const { folder, albums, problem } = await library.status();
    if (problem === null) return { status: "ok" as const, library: { folder, reachable: true, problem }, albums };
    return json({ status: "unavailable", library: { folder, reachable: false, problem }, albums }, { status: 503 });
  },
);
