/**
 * What the core needs of the machine it runs on and cannot import: the adapter gives it, and where it gives none the parts
 * that need it refuse with a sentence, or do what the web's own APIs can.
 */
export interface Host {
  /** The bytes of a file of the package's `assets` folder, such as `swagger-ui/swagger-ui.css`. */
  asset(name: string): Promise<Uint8Array>;
  /**
   * A compressor that can flush, which the web's CompressionStream cannot.
   * @param level 1 (fastest) to 9 (smallest); the machine's own choice where it is left out.
   */
  compressor?(encoding: "gzip" | "br", level: number | undefined): Compressor;
  /**
   * Opens a regular file for reading.
   * @param path As the machine names its files, or a `file:` URL.
   * @param root A folder: the path is one below it, and the file has to lie in it, links followed.
   * @param followSymlink Whether links in `root` may lead out of it; the path itself never may. Default: false.
   * @throws FileMissingError where no regular file is at the path, or none that lies in `root`; FileForbiddenError where the
   *   machine refuses to open what is there; else what the machine throws.
   */
  file?(path: string | URL, root: string | URL | undefined, followSymlink?: boolean): Promise<OpenFile>;
  /** Makes an empty temporary file, of its own and readable for nobody else. It is gone when the process ends, at the latest. */
  spool?(): Promise<Spool>;
  /**
   * Writes a file; one that could not be written to its end is removed.
   * @param overwrite Whether a file that is there is replaced, as a whole and only when all of the content is written.
   * @throws What the machine throws, such as EEXIST for a file that is there.
   */
  save?(path: string | URL, content: AsyncIterable<Uint8Array>, overwrite: boolean): Promise<void>;
  /** Tells where a directory is, or would be. */
  directory?(path: string | URL): Promise<Place>;
  /** Whether the program runs in development, where a build that is missing may come later. Default: false. */
  readonly development?: boolean;
}

/** Where something is on the machine. */
export interface Place {
  /** Absolute, links followed as far as there is something. */
  readonly path: string;
  /** Whether a directory is there. */
  readonly exists: boolean;
  /** Whether something else is there: a file. */
  readonly file?: boolean | undefined;
}

/** A file that was opened: what is said and read is of that file, whatever becomes of its name. */
export interface OpenFile {
  /** In bytes, when it was opened. */
  readonly size: number;
  /** When it was changed last, in milliseconds since 1970; fractions count. */
  readonly modified: number;
  /** @returns Up to `length` bytes, which nobody else changes; none where the file has ended. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** Gives the file back, once a read that is under way has ended. */
  close(): Promise<void>;
}

/** A temporary file: written piece by piece, then read. */
export interface Spool {
  /** Writes behind what is there. One call at a time. */
  write(piece: Uint8Array): Promise<void>;
  /** Everything is written. The content, which is read from the file whenever it is asked for. */
  blob(): Promise<Blob>;
  /** Never rejects. */
  remove(): Promise<void>;
}

/** Compresses one body, piece by piece; each call waits for the one before. */
export interface Compressor {
  /** Compresses a piece and flushes: a reader can decode everything up to its end. */
  write(piece: Uint8Array): Promise<Uint8Array>;
  /** Compresses the last piece, which may be empty, and ends the body. */
  end(piece: Uint8Array): Promise<Uint8Array>;
  /** Gives up before the end; what was under way is rejected. */
  close(): void;
}
