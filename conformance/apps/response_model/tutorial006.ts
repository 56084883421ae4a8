// tutorial005 with lists of field names where it has sets, which here is the same.
export { app } from "./tutorial005.ts";
