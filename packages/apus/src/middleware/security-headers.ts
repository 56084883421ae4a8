/** Headers that make browsers careful with answers, by the recommendations of OWASP's REST and HTTP headers cheat sheets. */
import { middleware, type Middleware } from "../around/index.ts";
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import { checkedHeader, completeHeaders } from "../exchange/index.ts";

/** Each header under its name in camelCase: another value, or false to leave it out. */
export interface SecurityHeadersOptions {
  /** Default: `default-src 'none'; frame-ancestors 'none'`. An answer that is a page needs its own policy. */
  readonly contentSecurityPolicy?: string | false | undefined;
  /** Default: `same-origin`. */
  readonly crossOriginOpenerPolicy?: string | false | undefined;
  /** Default: `same-origin`; it does not stand in the way of CORS. `cross-origin` for pictures and scripts for all sites. */
  readonly crossOriginResourcePolicy?: string | false | undefined;
  /** Default: none. */
  readonly permissionsPolicy?: string | false | undefined;
  /** Default: `no-referrer`. */
  readonly referrerPolicy?: string | false | undefined;
  /** Default: `max-age=31536000; includeSubDomains`, in seconds. Only sent over https. */
  readonly strictTransportSecurity?: string | false | undefined;
  /** Default: `nosniff`. */
  readonly xContentTypeOptions?: string | false | undefined;
  /** Default: `DENY`, for browsers that do not know `frame-ancestors`. */
  readonly xFrameOptions?: string | false | undefined;
}

const defaults: Readonly<Record<keyof SecurityHeadersOptions, string | false>> = {
  contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
  crossOriginOpenerPolicy: "same-origin",
  crossOriginResourcePolicy: "same-origin",
  permissionsPolicy: false,
  referrerPolicy: "no-referrer",
  strictTransportSecurity: "max-age=31536000; includeSubDomains",
  xContentTypeOptions: "nosniff",
  xFrameOptions: "DENY",
};

/**
 * Adds security headers to every answer, of errors too. A header that the answer already has stays as it is: pages bring
 * their own policy along, as those of the documentation do.
 *
 * @throws ApusError for an unknown header and for a value that no header can have.
 * @example
 * new App({ middleware: [securityHeaders({ referrerPolicy: "same-origin", crossOriginResourcePolicy: false })] });
 */
export function securityHeaders(options: SecurityHeadersOptions = {}): Middleware {
  checkOptionNames("securityHeaders()", options, Object.keys(defaults));
  const set = Object.entries({ ...defaults, ...withoutUndefined(options) }).flatMap(([key, value]): string[] => {
    if (value === false) return [];
    if (typeof value !== "string" || value === "") {
      throw new ApusError(
        `APUS_MIDDLEWARE: securityHeaders({ ${key} }) is the header's value, or false to leave it out.`,
      );
    }
    return [
      checkedHeader(
        key.replace(/[A-Z]/g, (capital) => `-${capital}`),
        value,
      ),
      value,
    ];
  });
  const transport = set.indexOf("strict-transport-security");
  const plain = transport < 0 ? set : set.toSpliced(transport, 2);

  return middleware(
    {
      // RFC 6797, section 7.2: never over plain HTTP, where anybody could have written it.
      onAnswer: ({ headers }, { scheme }) => completeHeaders(headers, scheme === "https" ? set : plain),
    },
    "securityHeaders",
  );
}

function withoutUndefined(options: SecurityHeadersOptions): Partial<typeof defaults> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
