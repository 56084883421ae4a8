// Finds the other servers that a documentation page needs because its document names them: for "Try it out", for signing in, and the logo.

export interface Addresses {
  /** Where requests go: servers, and where tokens come from. */
  readonly requests: readonly string[];
  /** Where pictures come from: ReDoc shows `info["x-logo"]`. */
  readonly pictures: readonly string[];
}

type Json = { readonly [name: string]: unknown };

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valuesOf(value: unknown): Json[] {
  return Object.values(isObject(value) || Array.isArray(value) ? value : {}).filter(isObject);
}

/** The addresses that an OpenAPI document names. It may be anything: the application can have made it itself. */
export function addressesIn(document: unknown): Addresses {
  if (!isObject(document)) return { requests: [], pictures: [] };
  const { info, components, paths } = document;
  const holders = [document, ...valuesOf(paths), ...valuesOf(paths).flatMap(valuesOf)];
  const schemes = isObject(components) ? valuesOf(components["securitySchemes"]) : [];
  const flows = schemes.flatMap(({ flows: declared }) => valuesOf(declared));
  const logo = isObject(info) ? info["x-logo"] : undefined;
  return {
    requests: texts([
      ...holders.flatMap((holder) => valuesOf(holder["servers"])).flatMap(urlsOf),
      ...schemes.map(({ openIdConnectUrl }) => openIdConnectUrl),
      ...flows.flatMap(({ tokenUrl, refreshUrl }) => [tokenUrl, refreshUrl]),
    ]),
    pictures: texts(isObject(logo) ? [logo["url"]] : []),
  };
}

/** How many addresses one server's variables may stand for. */
const most = 50;

/** The addresses of a server: each value that its variables may have, put in. */
function urlsOf({ url, variables }: Json): unknown[] {
  let urls = [url];
  for (const [name, variable] of Object.entries(isObject(variables) ? variables : {})) {
    const { default: preset, enum: values } = isObject(variable) ? variable : {};
    const choices = texts([preset, ...(Array.isArray(values) ? (values as unknown[]) : [])]);
    urls = texts(urls).flatMap((each) => choices.map((choice) => each.replaceAll(`{${name}}`, choice)));
    urls = [...new Set(urls)].slice(0, most);
  }
  return urls;
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === "string");
}
