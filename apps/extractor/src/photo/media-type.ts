// Recognises files by their first bytes. The name of a file plays no part: cameras, messengers and people rename freely.

/** The picture formats that are recognised, as media types. Raw formats have no registered type and use the x- form. */
export const pictureTypes = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/tiff",
  "image/avif",
  "image/heic",
  "image/heif",
  "image/jxl",
  "image/x-canon-cr2",
  "image/x-canon-cr3",
  "image/x-fuji-raf",
  "image/x-olympus-orf",
  "image/x-panasonic-rw2",
] as const;
export type PictureType = (typeof pictureTypes)[number];

/** How many of a file's first bytes `recognise` wants to see. */
export const recogniseBytes = 64;

/** Compared as Latin-1 text at an offset. */
const signatures: readonly (readonly [offset: number, bytes: string, type: PictureType | "video"])[] = [
  [0, "\xff\xd8\xff", "image/jpeg"],
  [0, "\x89PNG\r\n\x1a\n", "image/png"],
  [0, "GIF87a", "image/gif"],
  [0, "GIF89a", "image/gif"],
  [0, "FUJIFILMCCD-RAW", "image/x-fuji-raf"],
  [0, "IIRO", "image/x-olympus-orf"],
  [0, "IIRS", "image/x-olympus-orf"],
  [0, "MMOR", "image/x-olympus-orf"],
  [0, "IIU\0", "image/x-panasonic-rw2"],
  [0, "\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"],
  [0, "\xff\x0a", "image/jxl"],
  [0, "\x1a\x45\xdf\xa3", "video"], // Matroska, WebM
  [0, "\0\0\x01\xba", "video"], // MPEG program stream
  [4, "moov", "video"],
  [4, "mdat", "video"],
  [4, "wide", "video"],
];

const brands: Readonly<Record<string, PictureType>> = {
  avif: "image/avif",
  avis: "image/avif",
  heic: "image/heic",
  heix: "image/heic",
  heim: "image/heic",
  heis: "image/heic",
  hevc: "image/heic",
  hevx: "image/heic",
  "crx ": "image/x-canon-cr3",
};
const generalBrands = new Set(["mif1", "msf1", "mif2", "miaf"]);

/**
 * What a file is by its first bytes: a picture, a video, or null for everything else.
 *
 * @param head the file's beginning; `recogniseBytes` are enough, fewer are fine
 */
export function recognise(head: Uint8Array): PictureType | "video" | null {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, recogniseBytes)).toString("latin1");
  const tiff = text.startsWith("II*\0") || text.startsWith("MM\0*") || /^(?:II\+\0|MM\0\+)/.test(text);
  if (tiff) return text.startsWith("CR", 8) ? "image/x-canon-cr2" : "image/tiff";
  if (text.startsWith("RIFF")) {
    if (text.startsWith("WEBP", 8)) return "image/webp";
    return text.startsWith("AVI ", 8) ? "video" : null;
  }
  if (text.startsWith("ftyp", 4)) return fromBrands(head, text);
  return signatures.find(([offset, bytes]) => text.startsWith(bytes, offset))?.[2] ?? null;
}

/** ISO base media files name what they hold in their first box: a major brand, a version, then compatible brands. */
function fromBrands(head: Uint8Array, text: string): PictureType | "video" {
  const major = text.slice(8, 12);
  if (Object.hasOwn(brands, major)) return brands[major] as PictureType;
  if (!generalBrands.has(major)) return "video";
  const boxEnd = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), text.length);
  for (let at = 16; at + 4 <= boxEnd; at += 4) {
    const brand = text.slice(at, at + 4);
    if (Object.hasOwn(brands, brand)) return brands[brand] as PictureType;
  }
  return "image/heif";
}

const extensions: Readonly<Record<string, readonly PictureType[]>> = {
  jpg: ["image/jpeg"],
  jpeg: ["image/jpeg"],
  jpe: ["image/jpeg"],
  png: ["image/png"],
  webp: ["image/webp"],
  gif: ["image/gif"],
  tif: ["image/tiff"],
  tiff: ["image/tiff"],
  avif: ["image/avif"],
  heic: ["image/heic", "image/heif"],
  heif: ["image/heif", "image/heic"],
  hif: ["image/heic", "image/heif"],
  jxl: ["image/jxl"],
  cr2: ["image/x-canon-cr2"],
  cr3: ["image/x-canon-cr3"],
  raf: ["image/x-fuji-raf"],
  orf: ["image/x-olympus-orf"],
  rw2: ["image/x-panasonic-rw2"],
  // Raw formats that are TIFF files inside.
  dng: ["image/tiff"],
  nef: ["image/tiff"],
  arw: ["image/tiff"],
  pef: ["image/tiff"],
};

/**
 * The formats that a name claims by its extension, or null when it claims none. Only a hint: it decides whether a file
 * whose content says nothing is shown as a damaged photo or passed over, never what a file is.
 */
export function claimedTypes(name: string): readonly PictureType[] | null {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase();
  return extension !== undefined && Object.hasOwn(extensions, extension) ? (extensions[extension] ?? null) : null;
}
