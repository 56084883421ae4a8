/** What a test client can be told, and the check of it. */
import type { Override } from "../app/index.ts";
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import { baseOf } from "./address.ts";
import { checkCookie } from "./cookie-jar.ts";
import type { HeaderFields } from "./fields.ts";
import { ownHeaders, type Credentials, type Sender } from "./outbound.ts";

export interface TestClientOptions {
  /** Dependencies to replace, on a copy of the app. */
  readonly overrides?: readonly Override[] | undefined;
  /**
   * Whether an error that the app did not expect is thrown to the test, the same that its code threw, instead of the 500 that
   * it is to clients. So are those of background work and of clean-ups. Default: true.
   */
  readonly raiseServerErrors?: boolean | undefined;
  /** Scheme and host of the requests, and a path in front of them all. Default: `http://testserver`. */
  readonly baseUrl?: string | undefined;
  /** The prefix that a proxy would take off, on a copy of the app. Default: the App's own. */
  readonly rootPath?: string | undefined;
  /** Whether redirects are followed, up to 20 of them. Default: true. */
  readonly followRedirects?: boolean | undefined;
  /** The cookies to begin with, for the host of the base URL. */
  readonly cookies?: Readonly<Record<string, string>> | undefined;
  /** Sent with every request. */
  readonly headers?: HeaderFields | undefined;
  /** User and password of HTTP Basic, sent with every request. */
  readonly auth?: Credentials | undefined;
  /** The address that the app sees; null where it sees none. Default: `{ host: "testclient", port: 50000 }`. */
  readonly client?: { readonly host: string; readonly port?: number | undefined } | null | undefined;
}

const clientNames: OptionNames<TestClientOptions> = {
  overrides: true,
  raiseServerErrors: true,
  baseUrl: true,
  rootPath: true,
  followRedirects: true,
  cookies: true,
  headers: true,
  auth: true,
  client: true,
};

/** @throws ApusError for an option that there is not, and for a value that none can have. */
export function senderOf(options: TestClientOptions): Sender {
  checkOptionNames("testClient()", options, clientNames);
  for (const name of ["raiseServerErrors", "followRedirects"] as const) {
    if (typeof (options[name] ?? true) === "boolean") continue;
    throw new ApusError(`APUS_TEST_CLIENT: ${name} is ${JSON.stringify(options[name])}; give true or false.`);
  }
  for (const [name, value] of Object.entries(options.cookies ?? {})) checkCookie(name, value);
  const { client = { host: "testclient" } } = options;
  if (client !== null && (typeof client !== "object" || typeof client.host !== "string")) {
    throw new ApusError(
      `APUS_TEST_CLIENT: client is an address such as { host: "203.0.113.7", port: 50000 }, or null.`,
    );
  }
  return {
    base: baseOf(options.baseUrl ?? "http://testserver"),
    client: client === null ? null : { host: client.host, port: client.port ?? 50_000 },
    headers: ownHeaders("testClient()", options),
  };
}

/** Options over those of a client: overrides and headers are added, everything else is replaced. */
export function optionsOver(own: TestClientOptions, more: TestClientOptions): TestClientOptions {
  checkOptionNames("client.with()", more, clientNames);
  // What is no list is not passed over: the App refuses it.
  const overrides = Array.isArray(more.overrides ?? [])
    ? [...(own.overrides ?? []), ...(more.overrides ?? [])]
    : more.overrides;
  const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return { ...own, ...said, overrides, ...headersOver(own, more) };
}

function headersOver(own: TestClientOptions, more: TestClientOptions): Pick<TestClientOptions, "headers" | "auth"> {
  if (more.headers === undefined && more.auth === undefined) return {};
  const given = ownHeaders("client.with()", more);
  const replaced = new Set([...given.without, ...given.lines.map(([name]) => name)]);
  const kept = ownHeaders("testClient()", own);
  const lines = [...kept.lines.filter(([name]) => !replaced.has(name)), ...given.lines];
  const without = [...new Set([...kept.without, ...given.without])].filter(
    (name) => !lines.some(([each]) => each === name),
  );
  const names = [...new Set(lines.map(([name]) => name))];
  const repeated = names.map((name): [string, string[]] => [
    name,
    lines.filter(([each]) => each === name).map(([, value]) => value),
  ]);
  return {
    headers: { ...Object.fromEntries(repeated), ...Object.fromEntries(without.map((each) => [each, null])) },
    auth: undefined,
  };
}
