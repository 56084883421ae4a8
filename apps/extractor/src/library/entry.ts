// Decides what each name in a folder is: a photo, or something to pass over and why.
import type { Dirent } from "node:fs";
import { close, lstat, open, read } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { claimedTypes, type PictureType, recognise, recogniseBytes } from "../photo/media-type.ts";
import { absolutePath, type BytePath, isInside, pathFromBytes, pathToBytes, pathToText } from "./byte-path.ts";
import { systemCode } from "./failure.ts";
import { readFlags } from "./open.ts";

/** Why a file is not among the photos. */
export const skipReasons = [
  "not_a_picture",
  "video",
  "empty",
  "unreadable",
  "outside_library",
  "broken_link",
  "linked_folder",
  "special_file",
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What is known of one file without reading its metadata. `type` is null for a photo whose content says nothing. */
export type EntryKind =
  { readonly photo: true; readonly type: PictureType | null } | { readonly photo: false; readonly reason: SkipReason };

/** One file of a folder. */
export interface Entry {
  readonly name: BytePath;
  readonly kind: EntryKind;
  /** When the content last changed, in milliseconds since 1970; null when unknown. */
  readonly modified: number | null;
}

/** What tells that a file is still the one that was looked at. */
export interface Signature {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
}

/** An entry with the signature it was recognised under; null where nothing may be remembered. */
export interface RecognisedEntry extends Entry {
  readonly signature: Signature | null;
}

// Cheaper than the handles of node:fs/promises, which matters when a folder holds ten thousand files.
const openDescriptor = promisify(open);
const readDescriptor = promisify(read);
const closeDescriptor = promisify(close);
const statName = promisify(lstat);

const skipped = (name: BytePath, reason: SkipReason): RecognisedEntry => ({
  name,
  kind: { photo: false, reason },
  modified: null,
  signature: null,
});

/**
 * Looks at one name of a folder. `known` is the answer of an earlier look: while the file's signature is the same, it
 * is not opened again. Gives null for a name that vanished meanwhile.
 *
 * @param root the library's real folder
 * @param folder the path of the folder, from `inFolder`
 */
export async function recogniseEntry(
  root: BytePath,
  folder: BytePath,
  item: Dirent<Buffer>,
  known: RecognisedEntry | undefined,
): Promise<RecognisedEntry | null> {
  const name = pathFromBytes(item.name);
  let path = absolutePath(folder, name);
  try {
    if (item.isSymbolicLink()) {
      path = pathFromBytes(await realpath(pathToBytes(path), { encoding: "buffer" }));
      if (!isInside(root, path)) return skipped(name, "outside_library");
      if ((await stat(pathToBytes(path))).isDirectory()) return skipped(name, "linked_folder");
    }
    const stats = await statName(pathToBytes(path));
    if (!stats.isFile()) return skipped(name, "special_file");
    const signature: Signature = {
      device: stats.dev,
      inode: stats.ino,
      size: stats.size,
      modified: stats.mtimeMs,
      changed: stats.ctimeMs,
    };
    if (known?.signature && sameSignature(known.signature, signature)) return known;
    const kind = stats.size === 0 ? unclear(name, "empty") : await recogniseContent(path, name);
    return { name, kind, modified: stats.mtimeMs, signature };
  } catch (error) {
    const code = systemCode(error);
    if (item.isSymbolicLink() && (code === "ENOENT" || code === "ELOOP" || code === "ENOTDIR"))
      return skipped(name, "broken_link");
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    // Without a signature it is looked at again each time: what made it unreadable may lie outside of the file.
    return { name, kind: unclear(name, "unreadable"), modified: null, signature: null };
  }
}

/** A file whose content tells nothing is a damaged photo when its name claims to be one. */
function unclear(name: BytePath, reason: SkipReason): EntryKind {
  return claimedTypes(pathToText(name)) === null ? { photo: false, reason } : { photo: true, type: null };
}

/** The kind of a file by its first bytes: the one rule that listings and single photos share. */
export function kindOf(name: BytePath, head: Uint8Array): EntryKind {
  if (head.byteLength === 0) return unclear(name, "empty");
  const found = recognise(head);
  if (found === "video") return unclear(name, "video");
  return found === null ? unclear(name, "not_a_picture") : { photo: true, type: found };
}

async function recogniseContent(path: BytePath, name: BytePath): Promise<EntryKind> {
  const descriptor = await openDescriptor(pathToBytes(path), readFlags);
  try {
    const { bytesRead, buffer } = await readDescriptor(
      descriptor,
      Buffer.allocUnsafe(recogniseBytes),
      0,
      recogniseBytes,
      0,
    );
    return kindOf(name, buffer.subarray(0, bytesRead));
  } finally {
    await closeDescriptor(descriptor);
  }
}

function sameSignature(a: Signature, b: Signature): boolean {
  return (
    a.size === b.size &&
    a.modified === b.modified &&
    a.changed === b.changed &&
    a.inode === b.inode &&
    a.device === b.device
  );
}

/** The reasons as sentences, for people. */
export const skipSentences: Readonly<Record<SkipReason, string>> = {
  not_a_picture: "Its content is no picture in a format that is recognised.",
  video: "Its content is a video; this version reads photographs only.",
  empty: "It is empty.",
  unreadable: "It cannot be read: this process has no permission, or the disk reports an error.",
  outside_library: "It is a symbolic link that leads out of the library.",
  broken_link: "It is a symbolic link whose target does not exist.",
  linked_folder: "It is a symbolic link to a folder; linked folders are not followed.",
  special_file: "It is a pipe, a socket or a device.",
};
