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
