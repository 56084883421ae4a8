// What a client reads of every kind of schema: codecs turned round, unions kept apart, and what an answer leaves out.
import { get, router } from "apus";
import { createClient } from "apus/client";
import { partial, Secret, types } from "apus/types";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};
declare const given: <T>() => T;

const Cat = z.object({ kind: z.literal("cat"), lives: z.int().default(9) });
const Dog = z.object({ kind: z.literal("dog"), born: types.date({ as: "Date" }) });
const User = z.object({ name: z.string(), role: z.string().default("user") });
const Owner = z.object({ id: z.int(), pw: z.string(), email: z.string().nullable() });
const Thing = z.object({ owner: Owner, tags: z.array(z.string().nullable()), note: z.string().nullish() });
const Category = z.object({
  name: z.string(),
  at: z.date(),
  get below() {
    return z.array(Category);
  },
});
interface Node {
  at: Date;
  next?: Node | undefined;
}
const Linked: z.ZodType<Node> = z.object({ at: z.date(), next: z.lazy(() => Linked).optional() });

export const api = router({
  aliased: get(
    "/aliased",
    { output: types.aliased(z.object({ name: z.string(), size: z.int() }), { name: "n-n" }) },
    () => ({
      name: "a",
      size: 1,
    }),
  ),
  pet: get("/pet", { output: z.discriminatedUnion("kind", [Cat, Dog]) }, () => ({ kind: "cat" })),
  holder: get(
    "/holder",
    { output: z.object({ u: User.nullable(), v: z.union([User, z.string()]).optional() }) },
    () => ({
      u: null,
    }),
  ),
  leaves: get(
    "/leaves",
    {
      output: z.object({
        at: z.date(),
        big: z.bigint(),
        set: z.set(z.date()),
        map: z.map(z.string(), z.bigint()),
        id: z.string().brand("Id"),
        two: z.tuple([z.date(), z.int().optional()]),
        more: z.tuple([z.string()], z.date()),
        record: z.record(z.enum(["a", "b"]), z.date()),
        both: z.intersection(z.object({ a: z.date() }), z.object({ b: z.bigint() })),
        list: z.array(z.string().optional()).readonly(),
        json: types.json(z.object({ at: types.datetime({ as: "Date" }) })),
        pre: z.preprocess((value) => value, z.date()),
        one: z.literal(["a", 1]),
        kind: z.enum(["x", "y"]),
        own: z.custom<{ at: Date; secret: Secret }>(),
        any: z.unknown(),
        caught: z.date().catch(new Date(0)),
        number: types.bigint(),
        exact: z.string().exactOptional(),
        maybe: z.date().optional(),
      }),
    },
    () => given<never>(),
  ),
  open: get("/open", { output: z.looseObject({ at: z.date() }) }, () => ({ at: new Date() })),
  tree: get("/tree", { output: Category }, () => given<never>()),
  linked: get("/linked", { output: Linked }, () => ({ at: new Date() })),
  some: get("/some", { output: partial(User) }, () => ({})),
  // Without an output it is the JSON form of what the handler gives.
  plain: get("/plain", () => ({
    secret: new Secret("s"),
    site: new URL("http://a"),
    at: new Date(),
    bytes: new Uint8Array(),
    keys: new Map([["a", 1n]]).keys(),
    set: new Set([new Date()]),
    map: new Map([["a", new Secret("s")]]),
    pair: [1, new Date()] as [number, Date],
  })),
  only: get("/only", { output: z.array(Thing), only: { owner: ["id"], tags: true } }, () => []),
  without: get("/without", { output: Thing.nullable(), without: { owner: ["pw"], note: true } }, () => null),
  both: get("/both", { output: Thing, only: ["owner"], without: { owner: { pw: true } } }, () => given<never>()),
  nulls: get("/nulls", { output: Thing, excludeNull: true }, () => given<never>()),
  record: get("/record", { output: z.record(z.enum(["a"]), z.int().nullable()), excludeNull: true }, () => ({
    a: null,
  })),
  hidden: get("/hidden", { output: Linked, excludeUnset: true }, () => ({ at: new Date() })),
  unset: get("/unset", { output: Thing, excludeUnset: true, excludeNull: true }, () => given<never>()),
});

const client = createClient<typeof api>({ baseUrl: "" });
interface Tree {
  name: string;
  at: string;
  below: Tree[];
}
interface List {
  at: string;
  next?: List | undefined;
}

export async function reads(): Promise<void> {
  const aliased = await client.get("/aliased");
  same<typeof aliased.value, { "n-n": string; size: number }>(true);

  const pet = await client.get("/pet");
  same<typeof pet.value, { kind: "cat"; lives: number } | { kind: "dog"; born: string }>(true);
  if (pet.value.kind === "dog") same<typeof pet.value.born, string>(true);

  const holder = await client.get("/holder");
  type Role = { name: string; role: string };
  same<typeof holder.value, { u: Role | null; v?: Role | string | undefined }>(true);

  const leaves = await client.get("/leaves");
  same<
    typeof leaves.value,
    {
      at: string;
      big: number;
      set: string[];
      map: { [key: string]: number };
      id: string;
      two: [string, (number | null)?];
      more: [string, ...string[]];
      record: { a: string; b: string };
      both: { a: string; b: number };
      list: (string | null)[];
      json: { at: string };
      pre: string;
      one: "a" | 1;
      kind: "x" | "y";
      own: { at: string; secret: string };
      any: unknown;
      caught: string;
      number: number;
      exact?: string;
      maybe?: string | undefined;
    }
  >(true);

  const open = await client.get("/open");
  same<typeof open.value.at, string>(true);
  same<(typeof open.value)["else"], unknown>(true);
  const tree = await client.get("/tree");
  tree.value satisfies Tree;
  same<(typeof tree.value.below)[0]["below"][0]["at"], string>(true);
  const linked = await client.get("/linked");
  linked.value satisfies List;
  // @ts-expect-error a date is text on the wire
  linked.value satisfies Node;
  const some = await client.get("/some");
  same<typeof some.value, { name?: string; role?: string }>(true);
}

export async function plain(): Promise<void> {
  const answer = await client.get("/plain");
  same<
    typeof answer.value,
    {
      secret: string;
      site: string;
      at: string;
      bytes: string;
      keys: string[];
      set: string[];
      map: { [k: string]: string };
      pair: [number, string];
    }
  >(true);
}

export async function leaving(): Promise<void> {
  const only = await client.get("/only");
  same<typeof only.value, { owner: { id: number }; tags: (string | null)[] }[]>(true);
  const without = await client.get("/without");
  same<typeof without.value, { owner: { id: number; email: string | null }; tags: (string | null)[] } | null>(true);
  const both = await client.get("/both");
  same<typeof both.value, { owner: { id: number; email: string | null } }>(true);

  // Nulls are left out of models, not of lists and mappings.
  const nulls = await client.get("/nulls");
  same<
    typeof nulls.value,
    { owner: { id: number; pw: string; email?: string }; tags: (string | null)[]; note?: string | undefined }
  >(true);
  const record = await client.get("/record");
  same<typeof record.value, { a: number | null }>(true);
  const hidden = await client.get("/hidden");
  same<typeof hidden.value.at, string | undefined>(true);
  const unset = await client.get("/unset");
  same<
    typeof unset.value,
    { owner?: { id?: number; pw?: string; email?: string }; tags?: (string | null)[]; note?: string | undefined }
  >(true);
}

// ------------------------------------------------------------------------------------------------ what cannot be selected
// @ts-expect-error the output has no such key
get("/x", { output: Thing, only: ["nope"] }, () => given<never>());
// @ts-expect-error nor one inside a key
get("/x", { output: z.array(Thing), without: { owner: ["nope"] } }, () => []);
// @ts-expect-error nor as the key of a map
get("/x", { output: Thing, only: { nope: true } }, () => given<never>());
// @ts-expect-error the wire has the alias
get("/x", { output: types.aliased(z.object({ a: z.int() }), { a: "b" }), only: ["a"] }, () => ({ a: 1 }));
// @ts-expect-error nothing to select from
get("/x", { only: ["a"] }, () => ({ a: 1 }));
// Keys of one member of a union, of mappings and of what nobody knows may be named.
get("/x", { output: z.discriminatedUnion("kind", [Cat, Dog]), only: ["lives"] }, () => given<never>());
get("/x", { output: z.record(z.string(), z.int()), only: ["a"] }, () => ({}));
get("/x", { output: z.record(z.string(), Thing), only: { a: ["tags"] } }, () => ({}));
get("/x", { output: z.unknown(), without: ["a"] }, () => 1);
get("/x", { output: z.looseObject({ a: z.int() }), without: ["b"] }, () => ({ a: 1 }));
