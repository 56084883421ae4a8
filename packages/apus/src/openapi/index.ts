/** The openapi room: the document, and the pages that show it. */
export { openApiDocument, type OpenApiDocument } from "./document.ts";
export type { DocumentInfo } from "./info.ts";
export { securitySchemesOf } from "./security.ts";
export {
  answerDocsRoute,
  docsRoutes,
  ownOauth2RedirectPage,
  ownRedocPage,
  ownSwaggerUiPage,
  type OwnPage,
  type RedocHtmlOptions,
  type SwaggerUiHtmlOptions,
} from "./pages/index.ts";
