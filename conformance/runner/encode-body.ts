// Writes the body of a recorded request as Python's test client sends it: JSON, a form, multipart parts, text or bytes.
import type { RecordedFile, RecordedRequest } from "./vector.ts";

export interface EncodedBody {
  readonly bytes: Uint8Array | undefined;
  /** The Content-Type that comes with this kind of body, unless the request names its own. */
  readonly contentType: string | undefined;
}

const boundary = "apus-conformance-boundary";

/** The body of a request and its media type; both `undefined` when the request has none. */
export function encodeBody(request: RecordedRequest): EncodedBody {
  if ("json" in request) return { bytes: Buffer.from(JSON.stringify(request.json)), contentType: "application/json" };
  if (request.files !== undefined)
    return {
      bytes: encodeParts(request.form ?? [], request.files),
      contentType: `multipart/form-data; boundary=${boundary}`,
    };
  if (request.form !== undefined)
    return {
      bytes: Buffer.from(new URLSearchParams(request.form).toString()),
      contentType: "application/x-www-form-urlencoded",
    };
  if (request.body !== undefined) return { bytes: Buffer.from(request.body), contentType: undefined };
  if (request.body_base64 !== undefined)
    return { bytes: Buffer.from(request.body_base64, "base64"), contentType: undefined };
  return { bytes: undefined, contentType: undefined };
}

/** multipart/form-data (RFC 7578): the text parts before the files. */
function encodeParts(fields: readonly (readonly [string, string])[], files: readonly RecordedFile[]): Uint8Array {
  const parts = [
    ...fields.map(([name, value]) => encodePart([disposition(name)], Buffer.from(value))),
    ...files.map((file) => encodePart(headersOf(file), Buffer.from(file.base64 ?? file.text ?? "", encodingOf(file)))),
  ];
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}

function encodePart(headers: readonly string[], content: Buffer): Buffer {
  const head = `--${boundary}\r\n${headers.join("\r\n")}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from("\r\n")]);
}

function encodingOf(file: RecordedFile): BufferEncoding {
  return file.base64 === undefined ? "utf8" : "base64";
}

function headersOf(file: RecordedFile): string[] {
  const type = file.content_type ?? (file.filename === undefined ? undefined : "application/octet-stream");
  return [disposition(file.field, file.filename), ...(type === undefined ? [] : [`Content-Type: ${type}`])];
}

/** Names are quoted as the WHATWG form algorithm does. */
function disposition(name: string, filename?: string): string {
  const quote = (text: string) => `"${text.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22")}"`;
  return `Content-Disposition: form-data; name=${quote(name)}${filename === undefined ? "" : `; filename=${quote(filename)}`}`;
}
