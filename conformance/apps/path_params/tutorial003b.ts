// Two operations on one path: the first answers, the document describes the last.
import { App, get, operationIds } from "apus";

const readUsers = get("/users", () => ["Rick", "Morty"]);
const readUsers2 = get("/users", () => ["Bean", "Elfo"]);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readUsers,
  readUsers2,
});
