// Models within models within models.
import { App, operationIds, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Image = z.object({ url: types.httpUrl(), name: z.string() }).meta({ id: "Image" });

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: types.set(z.string()).default(new Set()),
    images: z.array(Image).nullable().default(null),
  })
  .meta({ id: "Item" });

const Offer = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    items: z.array(Item),
  })
  .meta({ id: "Offer" });

const createOffer = post("/offers/", { input: { offer: Offer } }, ({ offer }) => offer);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createOffer,
});
