// Errors that are answers, typed errors, and handlers of one's own.
import { App, defaultErrors, depends, get, header, httpError, HTTPException, json, onError, router } from "apus";
import { z } from "zod";

const ItemNotFound = httpError(404, "Item not found");
const OutOfStock = httpError(409, "Out of stock", z.object({ left: z.int() }));
const NotAllowed = httpError(403, "Not allowed");

const staff = depends(
  { "x-role": header(z.string().default("guest")) },
  ({ "x-role": role }) => {
    if (role !== "staff") throw new NotAllowed();
  },
  { errors: [NotAllowed] }, // a dependency's errors join those of the operations that use it
);

const stock = new Map([
  ["lamp", 3],
  ["chair", 0],
]);

const takeItem = get(
  "/items/{name}",
  { input: { name: z.string(), count: z.int().min(1).default(1) }, errors: [ItemNotFound, OutOfStock] },
  ({ name, count }) => {
    if (name === "unicorn")
      throw new HTTPException(418, { reason: "there are none" }, { headers: { "x-error": "myth" } });
    const left = stock.get(name);
    if (left === undefined) throw new ItemNotFound();
    if (left < count) throw new OutOfStock({ left });
    return { name, left: left - count };
  },
);

class PrinterOnFire extends Error {}

const printLabel = get("/labels/{name}", { input: { name: z.string() } }, ({ name }): string => {
  throw new PrinterOnFire(name);
});

export const api = router(
  { takeItem, staff: router({ printLabel }, { dependencies: [staff] }) },
  {
    errors: [NotAllowed],
    onError: [onError(PrinterOnFire, () => json({ detail: "Call the porter" }, { status: 503 }))],
  },
);

export const seen: string[] = [];

export const app = new App({
  onError: [
    // Every HTTPException that no handler further in has answered, the 404 of an unknown path included.
    onError(HTTPException, (error, request) => {
      seen.push(`${request.method} ${request.path}: ${error.status}`);
      return defaultErrors.http(error, request);
    }),
  ],
}).include(api);
