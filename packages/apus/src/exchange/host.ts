/**
 * What the core needs of the machine it runs on and cannot import: the adapter gives it, and where it gives none the parts
 * that need it refuse with a sentence.
 */
export interface Host {
  /** The bytes of a file of the package's `assets` folder, such as `swagger-ui/swagger-ui.css`. */
  asset(name: string): Promise<Uint8Array>;
}
