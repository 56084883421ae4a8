import { del, get, httpError, post, request, response } from "apus";
import { z } from "zod";
import { ItemNotFound } from "./items.ts";
import { customer, store } from "./store.ts";

const Order = z.object({ item_id: z.int(), customer: z.string() }).meta({ id: "Order" });
const OrderNotFound = httpError(404, "Order not found");

export const createOrder = post(
  "",
  {
    input: { order: Order.omit({ customer: true }).meta({ id: "NewOrder" }), customer, store, request, response },
    output: Order,
    status: 201,
    errors: [ItemNotFound],
  },
  ({ order, customer, store, request, response }) => {
    if (!store.items.has(order.item_id)) throw new ItemNotFound();
    const order_id = store.orders.size + 1;
    store.orders.set(order_id, { ...order, customer });
    response.headers.set("location", request.urlFor("readOrder", { order_id }).pathname);
    return { ...order, customer };
  },
);

export const readOrder = get(
  "/{order_id}",
  { input: { order_id: z.int(), store }, output: Order, errors: [OrderNotFound] },
  ({ order_id, store }) => {
    const order = store.orders.get(order_id);
    if (order === undefined) throw new OrderNotFound();
    return order;
  },
);

export const cancelOrder = del(
  "/{order_id}",
  { input: { order_id: z.int(), store }, status: 204, errors: [OrderNotFound] },
  ({ order_id, store }) => {
    if (!store.orders.delete(order_id)) throw new OrderNotFound();
  },
);
