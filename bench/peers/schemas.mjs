// The measured routes' shapes in zod, for the peers whose users bring zod along: the same limits as in the given servers.
import { z } from "zod";
import { kinds } from "../baselines/real/shared.mjs";

// get and post

export const ItemPath = z.object({ item_id: z.coerce.number().int().min(1) });
export const ItemQuery = z.object({ q: z.string().max(50).optional() });
export const ItemAnswer = z.object({ item_id: z.int(), q: z.string().nullable() });
export const Item = z.object({
  name: z.string().min(1).max(100),
  description: z.string().optional(),
  price: z.number().gt(0),
  tax: z.number().optional(),
  tags: z.array(z.string()).default([]),
  images: z.array(z.object({ url: z.url(), name: z.string() })).optional(),
});

// real

const field = { string: z.string().min(1).max(100), number: z.number(), boolean: z.boolean() };

export const OrgPath = z.object({ org: z.string().max(40), id: z.coerce.number().int().min(1) });
export const OrgQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  q: z.string().max(50).optional(),
});
export const Changes = z.object(Object.fromEntries(kinds.map((kind, i) => [`f${i}`, field[kind]])));
export const Listed = z.object({
  id: z.int(),
  name: z.string(),
  price: z.number(),
  owner: z.string(),
  active: z.boolean(),
  created: z.string(),
  tags: z.array(z.string()),
  note: z.string().nullable(),
});
export const ListedAll = z.array(Listed);
