/** The openapi room: the document, and the pages that show it. */
export { openApiDocument, type DocumentInfo, type OpenApiDocument } from "./document.ts";
export { securitySchemesOf } from "./security.ts";
export { answerDocsRoute, docsRoutes } from "./pages/index.ts";
