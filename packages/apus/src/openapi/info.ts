/** What an App says about the API as a whole: `info`, servers, tags and documentation elsewhere. */
import { ApusError } from "../diagnostic/index.ts";
import { defined } from "./defined.ts";
import { checkInfo } from "./info-shape.ts";
import { parseUrl } from "../wire/index.ts";

const versions = ["3.1.0", "3.1.1", "3.1.2", "3.2.0"] as const;
type OpenApiVersion = (typeof versions)[number];

/** One's own keys: `x-logo`. */
interface Extensions {
  readonly [extension: `x-${string}`]: unknown;
}

/** Whom to ask about the API. */
interface Contact extends Extensions {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly email?: string | undefined;
}

/** Under which terms the API is offered: `identifier` is SPDX's (`"MIT"`); it and `url` exclude each other. */
interface License extends Extensions {
  readonly name: string;
  readonly identifier?: string | undefined;
  readonly url?: string | undefined;
}

/** A part of a server's address that clients choose: `https://{region}.example.com`. */
interface ServerVariable extends Extensions {
  readonly default: string;
  /** The values that there are, the default among them. */
  readonly enum?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

interface Server extends Extensions {
  /** Absolute, or relative to where the document is served. */
  readonly url: string;
  readonly description?: string | undefined;
  readonly variables?: Readonly<Record<string, ServerVariable>> | undefined;
}

interface ExternalDocs extends Extensions {
  readonly url: string;
  /** Markdown. */
  readonly description?: string | undefined;
}

/** Metadata of a tag that operations have. */
interface Tag extends Extensions {
  readonly name: string;
  /** Markdown. */
  readonly description?: string | undefined;
  readonly externalDocs?: ExternalDocs | undefined;
  /** OpenAPI 3.2: what the tag is called in lists. */
  readonly summary?: string | undefined;
  /** OpenAPI 3.2: the tag that it stands under. */
  readonly parent?: string | undefined;
  /** OpenAPI 3.2: what the tag is for, such as `nav`. */
  readonly kind?: string | undefined;
}

/** What the App says about the API as a whole. */
export interface DocumentInfo {
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly summary?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  readonly termsOfService?: string | undefined;
  readonly contact?: Contact | undefined;
  readonly license?: License | undefined;
  readonly servers?: readonly Server[] | undefined;
  /** Documentation that stands elsewhere. */
  readonly externalDocs?: ExternalDocs | undefined;
  /** Which version of OpenAPI the document follows. Default: `3.1.0`. */
  readonly openapiVersion?: OpenApiVersion | undefined;
  /** Metadata of tags, in the order of the documentation page. */
  readonly openapiTags?: readonly Tag[] | undefined;
  /**
   * False describes every schema as it is sent, answers too: one component `Item` instead of `Item-Input` and `Item-Output`.
   * Default: true.
   */
  readonly separateInputOutputSchemas?: boolean | undefined;
}

/** What stands around the paths of a document. */
interface About {
  readonly openapi: OpenApiVersion;
  readonly info: Record<string, unknown>;
  readonly servers: readonly object[] | undefined;
  readonly tags: readonly object[] | undefined;
  readonly externalDocs: object | undefined;
}

/** @throws ApusError for what OpenAPI does not allow. */
export function aboutOf(given: DocumentInfo): About {
  const openapi = checkVersion(given.openapiVersion);
  checkInfo({ ...given }, openapi);
  // From JavaScript, null is what has nothing to say, as everywhere in the document.
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as DocumentInfo;
  const { title = "Apus", version = "0.1.0", summary, description, termsOfService, contact, license } = said;
  checkLicense(license);
  for (const server of said.servers ?? []) checkVariables(server);
  checkTags(said.openapiTags);
  const about = defined({ summary, description, termsOfService, contact: linked(contact), license: linked(license) });
  return {
    openapi,
    info: { title, ...about, version },
    servers: said.servers?.length === 0 ? undefined : said.servers,
    tags: said.openapiTags?.length === 0 ? undefined : said.openapiTags?.map(documented),
    externalDocs: linked(said.externalDocs),
  };
}

/** An absolute address in the form that the WHATWG URL standard gives it, as FastAPI prints it: `http://x.com/`. */
function linked<T extends object>(said: T | undefined): T | undefined {
  const { url } = (said ?? {}) as { readonly url?: unknown };
  const parsed = typeof url === "string" ? parseUrl(url) : undefined;
  return parsed === undefined ? said : { ...said!, url: parsed.href };
}

/** What has `externalDocs`: a tag, an operation. */
export function documented<T extends object>(said: T): T {
  const { externalDocs } = said as { readonly externalDocs?: unknown };
  return typeof externalDocs === "object" && externalDocs !== null
    ? { ...said, externalDocs: linked(externalDocs) }
    : said;
}

function checkVersion(version: OpenApiVersion = "3.1.0"): OpenApiVersion {
  if (versions.includes(version)) return version;
  throw new ApusError(
    `APUS_OPTIONS: App: openapiVersion is ${JSON.stringify(version)}; there are ${versions.join(", ")}.`,
  );
}

function checkLicense(license: License | undefined): void {
  if (license?.identifier === undefined || license.url === undefined) return;
  throw new ApusError(
    "APUS_OPTIONS: App: `license` has an `identifier` and a `url`; OpenAPI allows one of them. The identifier says where the text is.",
  );
}

function checkVariables({ url, variables }: Server): void {
  for (const [name, variable] of Object.entries(variables ?? {})) {
    // Null, from JavaScript, is none.
    const values = variable.enum ?? undefined;
    if (values === undefined || values.includes(variable.default)) continue;
    throw new ApusError(
      `APUS_OPTIONS: App: the server ${JSON.stringify(url)} has the variable "${name}", whose default ${JSON.stringify(variable.default)} is none of its \`enum\`.`,
    );
  }
}

function checkTags(tags: readonly Tag[] = []): void {
  const twin = tags.find(({ name }, i) => tags.findIndex((each) => each.name === name) < i);
  if (twin === undefined) return;
  throw new ApusError(
    `APUS_OPTIONS: App: \`openapiTags\` describes the tag ${JSON.stringify(twin.name)} twice; keep one of them.`,
  );
}
