/** A file that a client sent. */
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";

/** Writes content where a path says; the machine gives it. */
type Save = (path: string | URL, content: AsyncIterable<Uint8Array>, overwrite: boolean) => Promise<void>;

/** What an upload is made of. */
interface UploadParts {
  readonly content: readonly (Blob | Uint8Array)[];
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly save: Save | undefined;
}

/** How `save` writes. */
interface SaveOptions {
  readonly overwrite?: boolean | undefined;
}

const printable = /^[\x20-\x7e]*$/;

const saveOptions: OptionNames<SaveOptions> = { overwrite: true };

/**
 * A file of a form: a `File` of the web, so that `stream()`, `arrayBuffer()`, `text()` and `slice()` read it, as often as
 * they are asked and without holding a large one in memory. It can be read until the answer is sent and background tasks
 * and request-scoped clean-ups have run; `save` keeps it.
 *
 * `name` is the last segment of what the client calls it; it is still the client's word, and an empty text where no file was
 * chosen. `type` is the client's word as well, and proves nothing about the content.
 *
 * @example
 * post("/avatars", { input: { image: types.upload() } }, async ({ image }) => {
 *   const path = `data/${crypto.randomUUID()}`;
 *   await image.save(path);
 *   return { path, name: image.name, size: image.size };
 * });
 */
export class Upload extends File {
  /** The headers of its part, names in lower case; what the client said as its name is in `content-disposition`. No prototype. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #save: Save | undefined;

  constructor({ content, name, headers, save }: UploadParts) {
    super(content as BlobPart[], name);
    this.headers = headers;
    this.#save = save;
  }

  /** As the File API says it, which not every runtime does: Bun adds a charset that nobody sent. */
  override get type(): string {
    const type = this.headers["content-type"] ?? "";
    return printable.test(type) ? type.toLowerCase() : "";
  }

  /**
   * Writes the content to a file of its own, with the usual permissions of new files.
   * @param path Made by yourself: a client's name is no path.
   * @param options.overwrite Whether a file that is there is replaced, at once and as a whole. Default: false.
   * @returns Wait for it: a failure is told to nobody else.
   * @throws ApusError where the runtime has no files, and for an option that there is not; what the machine throws, such as
   *   EEXIST for a file that is there.
   */
  save(path: string | URL, options: { readonly overwrite?: boolean | undefined } = {}): Promise<void> {
    const saved = this.#write(path, options);
    // Who does not wait for it learns nothing of a failure, but a full disk is not to end the process.
    saved.catch(() => {});
    return saved;
  }

  async #write(path: string | URL, options: SaveOptions): Promise<void> {
    checkOptionNames("upload.save()", options, saveOptions);
    if (this.#save === undefined) {
      throw new ApusError(
        "APUS_FILE: upload.save() writes files, and this runtime gives none; read the upload instead.",
      );
    }
    await this.#save(path, this.#pieces(), options.overwrite === true);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read(super.arrayBuffer());
  }

  override text(): Promise<string> {
    return this.#read(super.text());
  }

  /** The content as bytes, also where the runtime's own files have no such method. */
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  async *#pieces(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.stream();
    } catch (error) {
      throw this.#unreadable(error);
    }
  }

  #read<T>(content: Promise<T>): Promise<T> {
    return content.catch((error: unknown) => {
      throw this.#unreadable(error);
    });
  }

  /** Runtimes say no more than that they cannot read, or that there is no such file. */
  #unreadable(cause: unknown): unknown {
    const isGone =
      cause instanceof Error && (cause.name === "NotReadableError" || ("code" in cause && cause.code === "ENOENT"));
    if (!isGone) return cause;
    return new ApusError(
      `APUS_FILE: the upload ${JSON.stringify(this.name)} can no longer be read: its temporary file is gone, as it is when its request is over. Read it before, or keep it with save().`,
      { cause },
    );
  }

  /** What errors and answers say of it: never its content. */
  toJSON(): { filename: string; size: number; headers: Readonly<Record<string, string>> } {
    return { filename: this.name, size: this.size, headers: this.headers };
  }
}
