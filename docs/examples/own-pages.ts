// Pages of one's own: Swagger UI and ReDoc from a server that the company trusts, at addresses of its choice.
import { App, get, router } from "apus";
import { redocHtml, swaggerUiHtml, swaggerUiOauth2RedirectHtml } from "apus/docs";

const files = "https://assets.example.com";

const pages = router(
  {
    explorer: get("/explorer", () =>
      swaggerUiHtml({
        openapiUrl: "./openapi.json",
        title: "Shop: try it out",
        swaggerJsUrl: `${files}/swagger-ui-dist@5.35.0/swagger-ui-bundle.js`,
        swaggerCssUrl: `${files}/swagger-ui-dist@5.35.0/swagger-ui.css`,
        oauth2RedirectUrl: "./signed-in",
        connectTo: ["https://login.example.com"],
      }),
    ),
    signedIn: get("/signed-in", () => swaggerUiOauth2RedirectHtml()),
    reference: get("/reference", () =>
      redocHtml({
        openapiUrl: "./openapi.json",
        title: "Shop: reference",
        redocJsUrl: `${files}/redoc@2.5.4/redoc.standalone.js`,
        redocParameters: { hideDownloadButtons: true },
      }),
    ),
  },
  { includeInSchema: false },
);

const items = get("/items", () => ["lamp"]);

export const app = new App({ title: "Shop", docsUrl: null, redocUrl: null }).include(pages).include({ items });
