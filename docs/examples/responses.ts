// Answers by a schema, by a kind, as replies, and what the document says of them.
import { App, del, get, html, httpError, json, kind, put, redirect, response, router, text } from "apus";
import { z } from "zod";

const Bird = z.object({ name: z.string(), wingspan: z.number().default(40) }).meta({ id: "Bird" });
const NoSuchBird = httpError(404, "No such bird");

const birds = new Map([["apus", { name: "Common swift", wingspan: 43, finder: "Ada" }]]);
function find(id: string) {
  const bird = birds.get(id);
  if (bird === undefined) throw new NoSuchBird();
  return bird;
}

// By a schema: checked, and filtered, so that `finder` is not sent.
const listBirds = get("/birds", { output: z.array(Bird) }, () => [...birds.values()]);

const putBird = put(
  "/birds/{id}",
  {
    input: { id: z.string(), bird: Bird, response },
    output: Bird,
    responses: { 201: { description: "It was added" } },
  },
  ({ id, bird, response }) => {
    if (!birds.has(id)) response.status = 201; // else 200, as for every operation that says nothing
    response.headers.set("location", `/birds/${id}`);
    response.cookies.set("last", id, { httpOnly: true, maxAge: 3600 });
    birds.set(id, { ...bird, finder: "a visitor" });
    return bird;
  },
);

const removeBird = del("/birds/{id}", { input: { id: z.string() }, status: 204 }, ({ id }) => void birds.delete(id));

// By a kind: `as` writes what the handler returns.
const home = get("/", { as: html }, () => "<h1>Birds</h1>");

const csv = kind<readonly { name: string; wingspan: number }[]>({
  mediaType: "text/csv",
  write: (rows) => rows.map(({ name, wingspan }) => `${JSON.stringify(name)},${wingspan}\n`).join(""),
  headers: () => ({ "content-disposition": 'attachment; filename="birds.csv"' }),
});
const exportBirds = get("/birds.csv", { as: csv }, () => [...birds.values()]);

// As replies: finished answers, for operations that answer in more than one way.
const greet = get(
  "/birds/{id}/greeting",
  { input: { id: z.string(), plain: z.boolean().default(false) }, errors: [NoSuchBird] },
  ({ id, plain }) => {
    if (id === "swift") return redirect("/birds/apus/greeting");
    const { name } = find(id);
    if (plain) return text(`Hello, ${name}!`, { headers: { "cache-control": "max-age=60" } });
    return json({ hello: name }, { cookies: { greeted: id } });
  },
);

// A web Response is sent as it is, streams included; here `as` only tells the document what it holds.
const picture = get(
  "/birds/{id}/picture",
  { input: { id: z.string() }, as: kind<string>({ mediaType: "image/svg+xml", write: (svg) => svg }) },
  ({ id }) => new Response(`<svg id="${encodeURIComponent(id)}"/>`, { headers: { "content-type": "image/svg+xml" } }),
);

export const api = router({ listBirds, putBird, removeBird, home, exportBirds, greet, picture });
export const app = new App({ title: "Birds" }).include(api);
