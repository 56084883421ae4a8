/** One half of a circular import: loads the other half, which puts this one into a router before it is ready. */
import { get } from "apus";
import * as b from "./b.ts";

export const readA: object = get("/a", (): string[] => Object.keys(b.api));
