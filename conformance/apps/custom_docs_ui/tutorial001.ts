// Documentation pages of one's own, with their files from another content delivery network.
import { App, get, operationIds } from "apus";
import { redocHtml, swaggerUiHtml, swaggerUiOauth2RedirectHtml } from "apus/docs";
import { z } from "zod";

const openapiUrl = "/openapi.json";
const oauth2RedirectUrl = "/docs/oauth2-redirect";

const docs = get("/docs", { includeInSchema: false }, () =>
  swaggerUiHtml({
    openapiUrl,
    title: "FastAPI - Swagger UI",
    oauth2RedirectUrl,
    swaggerJsUrl: "https://unpkg.com/swagger-ui-dist@5/swagger-ui-bundle.js",
    swaggerCssUrl: "https://unpkg.com/swagger-ui-dist@5/swagger-ui.css",
  }),
);

const oauth2Redirect = get(oauth2RedirectUrl, { includeInSchema: false }, () => swaggerUiOauth2RedirectHtml());

const redoc = get("/redoc", { includeInSchema: false }, () =>
  redocHtml({
    openapiUrl,
    title: "FastAPI - ReDoc",
    redocJsUrl: "https://unpkg.com/redoc@2/bundles/redoc.standalone.js",
  }),
);

const readUser = get("/users/{username}", { input: { username: z.string() } }, ({ username }) => ({
  message: `Hello ${username}`,
}));

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  docsUrl: null,
  redocUrl: null,
  operationId: operationIds.fastapi,
}).include({ docs, oauth2Redirect, redoc, readUser });
