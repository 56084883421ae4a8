/** Bytes that come in pieces, however small: they are copied together at once, so that a thousand pieces are not a thousand objects. */

const least = 256;

export class GrowingBytes {
  #bytes = new Uint8Array(0);
  size = 0;

  add(piece: Uint8Array): void {
    const size = this.size + piece.length;
    if (size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(size, this.#bytes.length * 2, least));
      larger.set(this.#bytes.subarray(0, this.size));
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.size);
    this.size = size;
  }

  /** What was added so far; nobody is to change it. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.size);
  }
}
