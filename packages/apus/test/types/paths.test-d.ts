// What the types say of paths whose parameters have text around them: their names, and what clients send for them.
import { depends, get, path, router } from "apus";
import { createClient } from "apus/client";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const text = z.string();
const api = router({
  version: get("/v{n:int}", { input: { n: z.int() } }, ({ n }) => n),
  json: get("/{name}.json", { input: { name: text } }, ({ name }) => name),
  file: get("/files-{id:int}.txt", { input: { id: z.int() } }, ({ id }) => id),
  range: get("/{from}-{to}", { input: { from: text, to: text } }, ({ from, to }) => from + to),
  place: get("/{lat:float},{lon:float}", { input: { lat: z.number(), lon: z.number() } }, ({ lat, lon }) => lat + lon),
  halves: get("/{a}{b:int}", { input: { a: text, b: z.int() } }, ({ a, b }) => a + String(b)),
  end: get("/{p:path}/end", { input: { p: text } }, ({ p }) => p),
  zip: get("/x/{p:path}.zip", { input: { p: text, q: text.optional() } }, ({ p, q }) => [p, q]),
});

get("/{from}-{to}", { input: { from: text, needed: depends({ to: path(text) }, ({ to }) => to) } }, () => 1);
// @ts-expect-error "b" is not declared
get("/{a}-{b}.json", { input: { a: text } }, () => 1);
// @ts-expect-error "name" is not declared
get("/{name}.json", () => 1);
// @ts-expect-error "id" is not declared, whatever stands behind it
get("/{p:path}/{id:int}.zip", { input: { p: text } }, () => 1);

export async function calls(): Promise<void> {
  const client = createClient<typeof api>({ baseUrl: "" });
  const json = await client.get("/{name}.json", { path: { name: "a" } });
  if (json.ok) same<typeof json.value, string>(true);
  await client.get("/v{n:int}", { path: { n: 1 } });
  await client.get("/files-{id:int}.txt", { path: { id: 1 } });
  await client.get("/{from}-{to}", { path: { from: "a", to: "b" } });
  await client.get("/{lat:float},{lon:float}", { path: { lat: 1.5, lon: 2 } });
  await client.get("/{a}{b:int}", { path: { a: "a", b: 2 } });
  await client.get("/{p:path}/end", { path: { p: "a/b" } });
  await client.get("/x/{p:path}.zip", { path: { p: "a/b" }, query: { q: "1" } });
  // @ts-expect-error "to" is missing
  await client.get("/{from}-{to}", { path: { from: "a" } });
  // @ts-expect-error "lon" is a number
  await client.get("/{lat:float},{lon:float}", { path: { lat: 1.5, lon: "2" } });
}
