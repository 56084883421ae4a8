/** `types.url()` and `types.httpUrl()`: URLs, normalised. */
import { z } from "zod";
import { converted, fail, outputMismatch, problem, type JsonSchema } from "../schema/index.ts";
import { httpLimits, normalizeUrl, Refusal, type UrlLimits } from "../wire/index.ts";
import { wireCodec } from "./wire-codec.ts";

type Url = z.ZodCodec<z.ZodString, z.ZodString>;

/**
 * Any URL with a scheme, as pydantic's `AnyUrl`. The handler gets it as the URL Standard (url.spec.whatwg.org) writes it:
 * scheme and host in lower case, hosts in ASCII, characters of no meaning percent-encoded, `/` for an empty path.
 *
 * @example types.url() // "POSTGRESQL://db/a b" → "postgresql://db/a%20b"
 */
export function url(): Url {
  return urlCodec("url", {}, { type: "string", format: "uri", minLength: 1 });
}

/**
 * A URL of the web, as pydantic's `HttpUrl`: `http` or `https`, at most 2083 bytes.
 *
 * @example types.httpUrl() // "HTTPS://Example.COM:443" → "https://example.com/"
 */
export function httpUrl(): Url {
  return urlCodec("http_url", httpLimits, { type: "string", format: "uri", minLength: 1, maxLength: 2083 });
}

const urlType = new Refusal("url_type", "URL input should be a string or URL");

function urlCodec(label: string, limits: UrlLimits, shape: JsonSchema): Url {
  const read = (value: unknown): string | Refusal =>
    typeof value === "string" ? normalizeUrl(value, limits) : urlType;
  return wireCodec(
    {
      label: () => label,
      holds: "one",
      reader: () => (value, problems) => {
        const found = read(value);
        if (found instanceof Refusal) return fail(problems, problem(found.type, found.msg, value, found.ctx));
        return found === value ? found : converted(found);
      },
      writer: () => (value, problems) => {
        const found = read(value instanceof URL ? value.href : value);
        return found instanceof Refusal ? fail(problems, outputMismatch(`a URL (${found.msg})`, value)) : found;
      },
      shape: () => ({ ...shape }),
    },
    z.string(),
    z.string(),
  );
}
