/** Reads a multipart form from the chunks of a body: texts and uploads, under limits that hold while it arrives. */
import type { Host } from "../exchange/index.ts";
import { decoderFor } from "./charset.ts";
import { FormError, invalid, tooLarge, tooMany } from "./form-error.ts";
import type { FormLimits } from "./form-limits.ts";
import { GrowingBytes } from "./growing-bytes.ts";
import { parametersOf } from "./header-parameters.ts";
import { inCharset, IncomingFile, type Room } from "./incoming-file.ts";
import { MultipartParser, type PartListener } from "./multipart-parser.ts";
import type { Upload } from "./upload.ts";

/** A form that was read. */
export interface MultipartForm {
  /** Name and value in turn, as they were sent: repeated names stay apart. */
  readonly pairs: readonly (string | Upload)[];
  /** Removes temporary files; undefined where there are none. Never rejects. */
  readonly remove: (() => Promise<void>) | undefined;
}

/**
 * @param chunks The body. It is read no faster than what is too large for memory can be written.
 * @param contentType The request's header.
 * @throws FormError for what is no multipart form, and for what is beyond a limit; what `chunks` and the host throw.
 */
export async function readMultipart(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  limits: FormLimits,
  host?: Host,
): Promise<MultipartForm> {
  const parameters = parametersOf(contentType);
  const boundary = parameters.get("boundary");
  if (boundary === undefined) throw new FormError(400, "Missing boundary in multipart.");
  const form = new FormReader(limits, decoderFor(parameters.get("charset")), host);
  try {
    const parser = new MultipartParser(boundary, limits.maxPartHeaderSize, form);
    for await (const chunk of chunks) {
      parser.write(chunk);
      if (form.waits) await form.write();
    }
    parser.end();
  } catch (error) {
    await form.remove();
    throw error;
  }
  return { pairs: form.pairs(), remove: form.spools ? () => form.remove() : undefined };
}

const disposition = "content-disposition";

class FormReader implements PartListener {
  readonly #limits: FormLimits;
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #room: Room;
  readonly #entries: (string | IncomingFile)[] = [];
  readonly #files: IncomingFile[] = [];
  #fields = 0;
  #fieldsSize = 0;
  #part: GrowingBytes | IncomingFile = new GrowingBytes();
  /** Files of which something has to be written, or that ended, since the last time. */
  #unwritten: IncomingFile[] = [];
  #ended: IncomingFile[] = [];

  constructor(limits: FormLimits, decode: (bytes: Uint8Array) => string, host: Host | undefined) {
    this.#limits = limits;
    this.#decode = decode;
    this.#room = { left: limits.spoolSize, host };
  }

  begin(headers: readonly string[]): void {
    const record = recordOf(headers);
    // Two readers would each believe another one.
    if (headers.indexOf(disposition) !== headers.lastIndexOf(disposition)) throw invalid();
    const parameters = parametersOf(record[disposition] ?? "");
    const name = parameters.get("name");
    const filename = parameters.get("filename");
    if (name === undefined) {
      throw new FormError(400, 'The Content-Disposition header field "name" must be provided.');
    }
    this.#entries.push(inCharset(name, this.#decode));
    const { maxFiles, maxFields } = this.#limits;
    if (filename === undefined) {
      if (++this.#fields > maxFields) throw tooMany("fields", maxFields);
      this.#part = new GrowingBytes();
      return;
    }
    if (this.#files.length === maxFiles) throw tooMany("files", maxFiles);
    const file = new IncomingFile(inCharset(filename, this.#decode), record, this.#room);
    this.#files.push(file);
    this.#part = file;
  }

  content(bytes: Uint8Array): void {
    const part = this.#part;
    const { maxPartSize, maxFieldsSize, maxFileSize } = this.#limits;
    if (part instanceof IncomingFile) {
      const waits = part.take(bytes);
      if (part.size > maxFileSize) throw new FormError(413, `A file of the form is larger than ${maxFileSize} bytes`);
      if (waits) this.#unwritten.push(part);
      return;
    }
    this.#fieldsSize += bytes.length;
    if (part.size + bytes.length > maxPartSize) throw tooLarge("Part", maxPartSize);
    if (this.#fieldsSize > maxFieldsSize) {
      throw new FormError(413, `The fields of the form are larger than ${maxFieldsSize} bytes`);
    }
    part.add(bytes);
  }

  end(): void {
    const part = this.#part;
    if (!(part instanceof IncomingFile)) this.#entries.push(this.#decode(part.bytes));
    else {
      this.#entries.push(part);
      this.#ended.push(part);
    }
  }

  get waits(): boolean {
    return this.#unwritten.length > 0 || this.#ended.length > 0;
  }

  get spools(): boolean {
    return this.#files.some((file) => file.spooled);
  }

  async write(): Promise<void> {
    for (const file of this.#unwritten.splice(0)) await file.write();
    for (const file of this.#ended.splice(0)) await file.end();
  }

  pairs(): (string | Upload)[] {
    return this.#entries.map((entry) => (entry instanceof IncomingFile ? entry.upload() : entry));
  }

  async remove(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.remove()));
  }
}

/** A record without a prototype; of equal names the last counts. */
function recordOf(headers: readonly string[]): Record<string, string> {
  const record = Object.create(null) as Record<string, string>;
  for (let i = 0; i < headers.length; i += 2) record[headers[i]!] = headers[i + 1]!;
  return record;
}
