// A redirect that the document knows of.
import { App, get, operationIds, redirect } from "apus";

const redirectFastapi = get("/fastapi", { as: redirect }, () => "https://fastapi.tiangolo.com");

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  redirectFastapi,
});
