/** A file while it arrives: in memory as long as there is room, then in a temporary file. */
import type { Host, Spool } from "../exchange/index.ts";
import { latin1Bytes } from "./charset.ts";
import { fileNameOf } from "./file-name.ts";
import { GrowingBytes } from "./growing-bytes.ts";
import { Upload } from "./upload.ts";

/** What the files of one request share. */
export interface Room {
  /** As many bytes as may still be kept in memory. */
  left: number;
  readonly host: Host | undefined;
}

export class IncomingFile {
  readonly #room: Room;
  readonly #name: string;
  readonly #headers: Readonly<Record<string, string>>;
  #kept = new GrowingBytes();
  /** Views of the chunk that is being read: written before the next one is. */
  #waiting: Uint8Array[] = [];
  #spool: Spool | undefined;
  #content: Blob | undefined;
  size = 0;

  /** @param name As the client said it. */
  constructor(name: string, headers: Readonly<Record<string, string>>, room: Room) {
    this.#name = fileNameOf(name);
    this.#headers = headers;
    this.#room = room;
  }

  /** @returns Whether it has to be written before more is taken. */
  take(bytes: Uint8Array): boolean {
    this.size += bytes.length;
    const room = this.#room;
    const fits = this.#spool === undefined && this.#waiting.length === 0 && bytes.length <= room.left;
    if (!fits && room.host?.spool !== undefined) {
      this.#waiting.push(bytes);
      return true;
    }
    this.#kept.add(bytes);
    room.left -= bytes.length;
    return false;
  }

  /** Writes what does not fit into memory, and what came before it. */
  async write(): Promise<void> {
    if (this.#waiting.length === 0) return;
    if (this.#spool === undefined) {
      this.#spool = await this.#room.host!.spool!();
      if (this.#kept.size > 0) await this.#spool.write(this.#kept.bytes);
      this.#room.left += this.#kept.size;
      this.#kept = new GrowingBytes();
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const piece of waiting) await this.#spool.write(piece);
  }

  /** Everything has arrived and is written. */
  async end(): Promise<void> {
    await this.write();
    this.#content = await this.#spool?.blob();
  }

  upload(): Upload {
    const { host } = this.#room;
    return new Upload({
      content: [this.#content ?? this.#kept.bytes],
      name: this.#name,
      headers: this.#headers,
      save: host?.save,
    });
  }

  /** Whether there is anything to remove. */
  get spooled(): boolean {
    return this.#spool !== undefined;
  }

  async remove(): Promise<void> {
    await this.#spool?.remove();
  }
}

/** The same text in another charset: header values come as one character for each byte. */
export function inCharset(value: string, decode: (bytes: Uint8Array) => string): string {
  return decode(latin1Bytes(value));
}
