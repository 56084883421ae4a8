// What the types say of schemas of other libraries: the handler gets what the schema makes, the client sends what it takes.
import { body, get, post, query, router } from "apus";
import { createClient } from "apus/client";
import { type } from "arktype";
import * as v from "valibot";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const Box = v.object({
  name: v.string(),
  size: v.pipe(v.string(), v.transform(Number)),
  tags: v.optional(v.array(v.string()), []),
});
const Person = type({ name: "string", "age?": "number", role: "'admin' | 'user' = 'user'", born: "string.date.parse" });
const Filter = v.object({ q: v.string(), page: v.optional(v.string(), "1") });
const Dated = v.object({
  at: v.pipe(
    v.string(),
    v.transform((text) => new Date(text)),
  ),
  n: v.pipe(v.string(), v.transform(Number)),
});

const api = router({
  makeBox: post("/boxes", { input: { box: body(Box) } }, ({ box }) => {
    same<typeof box, { name: string; size: number; tags: string[] }>(true);
    return box.size;
  }),
  // Its input is an object, so the types know a body without a marker.
  makePerson: post("/people", { input: { person: Person } }, ({ person }) => {
    same<typeof person.role, "admin" | "user">(true);
    same<typeof person.born, Date>(true);
    return person.name;
  }),
  search: get(
    "/search",
    { input: { filter: query(Filter), limit: query(type("number.integer")) } },
    ({ filter, limit }) => {
      same<typeof filter, { q: string; page: string }>(true);
      same<typeof limit, number>(true);
      return filter.q;
    },
  ),
  word: get("/words/{word}", { input: { word: v.string(), size: v.optional(v.number()) } }, ({ word, size }) => {
    same<typeof word, string>(true);
    same<typeof size, number | undefined>(true);
    return word;
  }),
  // A handler gives what the schema takes; the client reads what it makes, as JSON.
  dated: get("/dated", { output: Dated }, () => ({ at: "2020-01-01", n: "5" })),
});

// @ts-expect-error a wrong answer
get("/wrong", { output: Dated }, () => ({ at: new Date(), n: "5" }));

const client = createClient<typeof api>({ baseUrl: "http://127.0.0.1" });
export async function calls(): Promise<void> {
  const box = await client.post("/boxes", { body: { name: "a", size: "5" } });
  if (box.ok) same<typeof box.value, number>(true);
  await client.post("/people", { body: { name: "a", born: "2020-01-01" } });
  // @ts-expect-error the client sends the input: a text
  await client.post("/boxes", { body: { name: "a", size: 5 } });
  // @ts-expect-error a name is required
  await client.post("/people", { body: { born: "2020-01-01" } });
  await client.get("/words/{word}", { path: { word: "a" }, query: { size: 1 } });
  // @ts-expect-error a size is a number
  await client.get("/words/{word}", { path: { word: "a" }, query: { size: "1" } });
  const dated = await client.get("/dated");
  same<typeof dated.value, { at: string; n: number }>(true);
}
