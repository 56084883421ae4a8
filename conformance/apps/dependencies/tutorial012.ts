// Dependencies of the whole application.
import { App, HTTPException, depends, get, header, operationIds } from "apus";
import { z } from "zod";

const verifyToken = depends({ x_token: header(z.string()) }, ({ x_token }) => {
  if (x_token !== "fake-super-secret-token") throw new HTTPException(400, "X-Token header invalid");
});

const verifyKey = depends({ x_key: header(z.string()) }, ({ x_key }) => {
  if (x_key !== "fake-super-secret-key") throw new HTTPException(400, "X-Key header invalid");
  return x_key;
});

const readItems = get("/items/", () => [{ item: "Portal Gun" }, { item: "Plumbus" }]);

const readUsers = get("/users/", () => [{ username: "Rick" }, { username: "Morty" }]);

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  dependencies: [verifyToken, verifyKey],
}).include({ readItems, readUsers });
