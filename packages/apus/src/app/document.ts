/** The document of an app: made once for each address under which it is seen, from the declarations without overrides. */
import { ApusError } from "../diagnostic/index.ts";
import { asyncApiDocument, type AsyncApiDocument } from "../asyncapi/index.ts";
import { openApiDocument, type OpenApiDocument } from "../openapi/index.ts";
import type { Plan } from "../plan/index.ts";
import type { AppOptions } from "./options.ts";

/** @param rootPath What stands in front of the app's paths, outside. */
export type DocumentAt = (rootPath: string) => OpenApiDocument;

/** @param plans Gives the operations and the webhooks as they were declared. */
export function documentOf(
  options: AppOptions,
  plans: () => { readonly operations: readonly Plan[]; readonly webhooks: readonly Plan[] },
): DocumentAt {
  // Where an app can be seen is said when it starts: there are as many documents as mounts, no more.
  const made = new Map<string, OpenApiDocument>();
  return (rootPath) => {
    const known = made.get(rootPath);
    if (known !== undefined) return known;
    const { operations, webhooks } = plans();
    const document = openApiDocument(operations, webhooks, { ...options, servers: serversOf(options, rootPath) });
    const final = options.openapi === undefined ? document : checked(options.openapi(document));
    made.set(rootPath, final);
    return final;
  };
}

/** @param sockets Gives the plans of sockets as they were declared. */
export function asyncDocumentOf(
  options: AppOptions,
  sockets: () => readonly Plan[],
): (rootPath: string) => AsyncApiDocument {
  const made = new Map<string, AsyncApiDocument>();
  return (rootPath) => {
    const prefix = options.rootPathInServers === false ? "" : rootPath;
    const document = made.get(prefix) ?? asyncApiDocument(sockets(), options, prefix);
    made.set(prefix, document);
    return document;
  };
}

/** The root path is a server of its own, the first, unless it is listed already. */
function serversOf({ servers, rootPathInServers = true }: AppOptions, rootPath: string): AppOptions["servers"] {
  const url = rootPath.replace(/\/$/, "");
  if (url === "" || !rootPathInServers || servers?.some((each) => each.url === url)) return servers;
  return [{ url }, ...(servers ?? [])];
}

function checked(document: unknown): OpenApiDocument {
  if (typeof document === "object" && document !== null && "openapi" in document) {
    checkJson(document);
    return document as OpenApiDocument;
  }
  throw new ApusError(
    'APUS_OPENAPI: the `openapi` option of the App has to return the document, and not a promise of it: (document) => ({ ...document, "x-logo": … }).',
  );
}

function checkJson(document: object): void {
  try {
    JSON.stringify(document);
  } catch (error) {
    throw new ApusError("APUS_OPENAPI: the `openapi` option of the App returned what JSON cannot hold.", {
      cause: error,
    });
  }
}
