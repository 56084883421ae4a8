/** The openapi room: the document, and the pages that show it. */
export { defined } from "./defined.ts";
export { isDoubtful } from "./doubts.ts";
export { openApiDocument, type OpenApiDocument } from "./document.ts";
export { aboutOf, type DocumentInfo } from "./info.ts";
export { parametersOf } from "./inputs.ts";
export { securityOf, securitySchemesOf } from "./security.ts";
export { plainOf } from "./written.ts";
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
