// What the types of the wire say to the type checker: what is sent, what the handler gets, and what the client reads.
import { get, post, query, router } from "apus";
import { createClient } from "apus/client";
import { types, type Secret } from "apus/types";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const Order = z.object({
  total: types.decimal(),
  number: types.bigint(),
  tags: types.set(z.string()),
  file: types.base64(),
  site: types.httpUrl(),
  options: types.json(z.object({ gift: z.boolean() })),
  from: types.ip({ version: 4 }),
  key: types.secret(),
});

same<
  z.output<typeof Order>,
  {
    total: string;
    number: bigint;
    tags: Set<string>;
    file: Uint8Array;
    site: string;
    options: { gift: boolean };
    from: string;
    key: Secret;
  }
>(true);
same<
  z.input<typeof Order>,
  {
    total: string;
    number: number | bigint;
    tags: string[];
    file: string;
    site: string;
    options: string;
    from: string;
    key: string;
  }
>(true);

const api = router({
  order: post("/orders", { input: { order: Order } }, ({ order }) => {
    same<typeof order.tags, Set<string>>(true);
    same<typeof order.number, bigint>(true);
    return order.key.value;
  }),
  // A set of single values is a body unless it is marked.
  list: get(
    "/orders",
    {
      input: { ids: query(types.set(types.bigint())), min: types.decimal() },
      output: Order.pick({ total: true, number: true, tags: true, file: true }),
    },
    ({ ids, min }) => {
      same<typeof ids, Set<bigint>>(true);
      return { total: min, number: 1n, tags: new Set(["a"]), file: new Uint8Array() };
    },
  ),
});

const client = createClient<typeof api>({ baseUrl: "http://host" });
const answer = await client.get("/orders", { query: { ids: [1, 2n ** 64n], min: "1.50" } });
if (answer.ok) {
  same<typeof answer.value.tags, string[]>(true);
  same<typeof answer.value.number, number>(true);
}
// @ts-expect-error a handler gets a Secret, and nobody gets its text by accident
const text: string = z.decode(types.secret(), "x");
void text;
// @ts-expect-error a decimal is no truth value on the wire
await client.get("/orders", { query: { ids: [1], min: true } });
