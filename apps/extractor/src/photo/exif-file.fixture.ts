// Builds JPEG files with any Exif tags, sound or absurd, for the tests: real cameras do not misbehave on demand.

/** A value as it is stored: the type of the Exif standard and what follows from it. */
export type TagValue =
  | { readonly ascii: string }
  | { readonly short: readonly number[] }
  | { readonly long: readonly number[] }
  | { readonly rational: readonly (readonly [number, number])[] }
  | { readonly signedRational: readonly (readonly [number, number])[] }
  /** A count and a position that need not make sense. */
  | { readonly broken: { readonly type: number; readonly count: number; readonly offset: number } };

/** Tags by number, in the three directories. */
export interface ExifTags {
  readonly image?: Readonly<Record<number, TagValue>>;
  readonly photo?: Readonly<Record<number, TagValue>>;
  readonly gps?: Readonly<Record<number, TagValue>>;
}

/** A TIFF structure, big-endian, as it stands in the Exif segment. */
export function exifBytes({ image = {}, photo, gps }: ExifTags): Buffer {
  const chunks: Buffer[] = [Buffer.from("MM\0*\0\0\0\x08", "latin1")];
  let length = 8;
  const place = (bytes: Buffer): number => {
    const at = length;
    chunks.push(bytes);
    length += bytes.byteLength;
    return at;
  };
  const pointers = { ...(photo ? { 0x8769: photo } : {}), ...(gps ? { 0x8825: gps } : {}) };
  const ids = [...Object.keys(image), ...Object.keys(pointers)].map(Number).sort((a, b) => a - b);
  const first = Buffer.alloc(2 + ids.length * 12 + 4);
  place(first);
  first.writeUInt16BE(ids.length, 0);
  ids.forEach((id, index) => {
    const at = 2 + index * 12;
    const below = (pointers as Record<number, Readonly<Record<number, TagValue>> | undefined>)[id];
    if (below === undefined) return writeTag(first, at, id, image[id] as TagValue, place);
    const belowIds = Object.keys(below).map(Number);
    const directory = Buffer.alloc(2 + belowIds.length * 12 + 4);
    const position = place(directory);
    directory.writeUInt16BE(belowIds.length, 0);
    belowIds.forEach((tag, i) => writeTag(directory, 2 + i * 12, tag, below[tag] as TagValue, place));
    writeTag(first, at, id, { long: [position] }, place);
  });
  return Buffer.concat(chunks);
}

function writeTag(into: Buffer, at: number, id: number, value: TagValue, place: (bytes: Buffer) => number): void {
  const { type, count, data } = encoded(value);
  into.writeUInt16BE(id, at);
  into.writeUInt16BE(type, at + 2);
  into.writeUInt32BE(count, at + 4);
  if (typeof data === "number") into.writeUInt32BE(data, at + 8);
  else if (data.byteLength <= 4) data.copy(into, at + 8);
  else into.writeUInt32BE(place(data), at + 8);
}

function encoded(value: TagValue): { type: number; count: number; data: Buffer | number } {
  if ("broken" in value) return { type: value.broken.type, count: value.broken.count, data: value.broken.offset };
  if ("ascii" in value) {
    const data = Buffer.from(`${value.ascii}\0`, "utf8");
    return { type: 2, count: data.byteLength, data };
  }
  if ("short" in value) {
    const data = Buffer.alloc(value.short.length * 2);
    value.short.forEach((number, index) => data.writeUInt16BE(number, index * 2));
    return { type: 3, count: value.short.length, data };
  }
  if ("long" in value) {
    const data = Buffer.alloc(value.long.length * 4);
    value.long.forEach((number, index) => data.writeUInt32BE(number, index * 4));
    return { type: 4, count: value.long.length, data };
  }
  const signed = "signedRational" in value;
  const pairs = (signed ? value.signedRational : value.rational).flat();
  const data = Buffer.alloc(pairs.length * 4);
  pairs.forEach((number, index) =>
    signed ? data.writeInt32BE(number, index * 4) : data.writeUInt32BE(number, index * 4),
  );
  return { type: signed ? 10 : 5, count: pairs.length / 2, data };
}

/** `jpeg` with an Exif segment put in front of its others. */
export function withExif(jpeg: Uint8Array, tags: ExifTags | Buffer): Buffer {
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), Buffer.isBuffer(tags) ? tags : exifBytes(tags)]);
  const header = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  header.writeUInt16BE(body.byteLength + 2, 4);
  return Buffer.concat([header, body, jpeg.subarray(2)]);
}
