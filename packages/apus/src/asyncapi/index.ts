/** The asyncapi room: the document of an app's sockets. */
export { asyncApiDocument, type AsyncApiDocument } from "./document.ts";
