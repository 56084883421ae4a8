// A page from a template, which links to itself; and what an engine of one's own looks like.
import { App, get, html, router } from "apus";
import { templates } from "apus/templates";
import { z } from "zod";

const { render } = templates({
  directory: new URL("templates", import.meta.url),
  contextProcessors: [() => ({ site: "Birds" })],
});

const sightings = [{ place: "<Under the eaves>", count: 3 }];
const readBird = get("/birds/{id}", { input: { id: z.string() }, as: html }, ({ id }) =>
  render("bird.liquid", { id, title: "Common swift", sightings }, { headers: { "cache-control": "no-store" } }),
);

const letters = templates({ engine: { render: (name, context) => `${name}: ${JSON.stringify(context["text"])}` } });
const letter = get("/letter", { as: html }, () => letters.render("letter", { text: "Dear swift" }));

export const api = router({ readBird, letter });
export const app = new App({ title: "Birds" }).include(api);
