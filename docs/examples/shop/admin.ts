// An application of its own, with its own document and pages.
import { App, get } from "apus";
import { store } from "./store.ts";

const countItems = get("/items/count", { input: { store } }, ({ store }) => store.items.size);

export function createAdmin(): App {
  return new App({ title: "Shop administration" }).include({ countItems });
}
