// The door of the documentation pages: what they are made of as plain data, and the answer to each address.
export { docsRoutes } from "./docs-routes.ts";
export { answerDocsRoute } from "./answer-docs-route.ts";
export {
  ownOauth2RedirectPage,
  ownRedocPage,
  ownSwaggerUiPage,
  type OwnPage,
  type RedocHtmlOptions,
  type SwaggerUiHtmlOptions,
} from "./own-pages.ts";
