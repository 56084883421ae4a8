// What the API says, as schemas: the answers are checked against them, and the documentation page shows them.
import { z } from "zod";
import { skipReasons } from "../library/entry.ts";
import { pathOfId } from "../library/id.ts";
import { pictureTypes } from "../photo/media-type.ts";
import { timeTags } from "../photo/wall-time.ts";
import { warningCodes } from "../photo/warning.ts";

/** How many items a page has, as a query parameter. */
export const limit = z.int().min(1).max(200).default(50).meta({ description: "How many items to give at most." });

/** Where a page begins, as a query parameter. */
export const cursor = z
  .string()
  .refine((text) => pathOfId(text) !== null, { error: "This is no cursor: take it from `next` of the page before" })
  .optional()
  .meta({ description: "Where to go on: `next` of the page before. Left out for the first page." });

const next = z
  .string()
  .nullable()
  .meta({ description: "The `cursor` of the next page; null on the last.", examples: [null] });
const total = z.int().meta({ description: "How many there are on all pages.", examples: [4] });

export const Warning = z
  .object({
    code: z.enum(warningCodes).meta({
      description:
        "`empty_file`, `unreadable_file`, `unrecognised_content`: nothing could be read. `name_mismatch`: the name " +
        "claims another format. `truncated`: the file ends too early. `metadata_unreadable`, `metadata_incomplete`: " +
        "damaged, or beyond what is read. `invalid_value`: a value made no sense and is null. `unset_value`: the " +
        "camera wrote its placeholder for an unknown value. `fallback_value`: the value is a second choice.",
    }),
    field: z
      .string()
      .nullable()
      .meta({ description: "The field of the photo that it concerns; null for the file as a whole." }),
    message: z.string().meta({ description: "What was odd, in a sentence." }),
  })
  .meta({ id: "Warning", description: "Something odd about a photo. It never keeps the photo out of a list." });

export const Notice = z
  .object({
    code: z.enum(["unreadable_folder", "library_cut"]),
    message: z.string(),
  })
  .meta({ id: "Notice", description: "Something that keeps a list from being complete." });

export const Album = z
  .object({
    id: z.string().meta({
      description: "Names the album in addresses. It stays the same as long as the folder does.",
      examples: ["Phones~2FiPhone~204S"],
    }),
    name: z.string().meta({
      description: "The folder's name; the names of nested folders are joined with ` / `.",
      examples: ["Phones / iPhone 4S"],
    }),
    path: z.string().meta({ description: "The folder's path in the library.", examples: ["Phones/iPhone 4S"] }),
    photo_count: z.int().meta({ description: "Photos directly in this folder.", examples: [3] }),
    skipped_count: z
      .int()
      .meta({ description: "Other files directly in this folder that are passed over.", examples: [0] }),
    newest: z.iso
      .datetime()
      .nullable()
      .meta({
        description: "When the file that changed last was changed, in UTC.",
        examples: ["2026-07-01T16:00:00.000Z"],
      }),
    cover: z
      .string()
      .nullable()
      .meta({
        description: "The id of the first photo that is recognised, to show as a cover; null when there is none.",
        examples: ["Phones~2FiPhone~204S~2Ftest1.jpg"],
      }),
    notices: z.array(Notice).meta({ description: "Why the counts are not complete; empty when they are." }),
  })
  .meta({ id: "Album", description: "A folder of the library." });

export const AlbumPage = z
  .object({ items: z.array(Album), next, total, notices: z.array(Notice) })
  .meta({ id: "AlbumPage", description: "Albums, in the order of an outline." });

const Taken = z
  .object({
    local: z.string().meta({
      description: "What the clock of the camera showed, `YYYY-MM-DDTHH:MM:SS`, whatever its zone was.",
      examples: ["2016-03-24T14:49:51"],
    }),
    offset: z
      .string()
      .nullable()
      .meta({
        description: "The offset from UTC, `+HH:MM`; null when the camera did not say, as is usual before 2016.",
        examples: ["+02:00"],
      }),
    utc: z
      .string()
      .nullable()
      .meta({
        description: "The instant in UTC, `YYYY-MM-DDTHH:MM:SSZ`; null without an offset.",
        examples: ["2016-03-24T12:49:51Z"],
      }),
    tag: z.enum(timeTags).meta({ description: "The Exif tag it comes from: taken, stored, or last changed." }),
  })
  .meta({ id: "WallTime", description: "When a photo was taken, by the clock of the camera." });

const Exposure = z
  .object({
    seconds: z.number().meta({ description: "In seconds.", examples: [0.00101112] }),
    text: z.string().meta({ description: "As photographers write it, in seconds.", examples: ["1/989"] }),
  })
  .meta({ id: "Exposure", description: "How long the shutter was open." });

const Place = z
  .object({
    latitude: z.number().meta({ description: "Degrees north (WGS 84).", examples: [40.0040861] }),
    longitude: z.number().meta({ description: "Degrees east (WGS 84).", examples: [116.4847806] }),
    altitude: z
      .number()
      .nullable()
      .meta({ description: "Metres above sea level.", examples: [38.64] }),
  })
  .meta({ id: "Place", description: "Where a photo was taken." });

export const Photo = z
  .object({
    id: z.string().meta({
      description: "Names the photo in addresses. It stays the same as long as the file keeps its name.",
      examples: ["Phones~2FIMG_0001.JPG"],
    }),
    album: z.string().meta({ description: "The id of its album.", examples: ["Phones"] }),
    name: z.string().meta({ description: "The file's name.", examples: ["IMG_0001.JPG"] }),
    type: z
      .enum(pictureTypes)
      .nullable()
      .meta({
        description: "The format by content; null when the content tells none.",
        examples: ["image/jpeg"],
      }),
    bytes: z
      .int()
      .nullable()
      .meta({ description: "The file's length in bytes.", examples: [733_428] }),
    modified: z.iso
      .datetime()
      .nullable()
      .meta({
        description: "When the file was last changed, in UTC.",
        examples: ["2026-07-01T16:00:00.000Z"],
      }),
    width: z
      .int()
      .nullable()
      .meta({ description: "Pixels, of the upright picture.", examples: [2448] }),
    height: z
      .int()
      .nullable()
      .meta({ description: "Pixels, of the upright picture.", examples: [2448] }),
    orientation: z
      .int()
      .nullable()
      .meta({
        description: "Exif orientation, 1 to 8: how the stored picture is turned to stand upright.",
        examples: [6],
      }),
    make: z
      .string()
      .nullable()
      .meta({ description: "Who made the camera.", examples: ["Apple"] }),
    model: z
      .string()
      .nullable()
      .meta({ description: "The camera.", examples: ["iPhone 6 Plus"] }),
    lens: z
      .string()
      .nullable()
      .meta({
        description: "The lens.",
        examples: ["iPhone 6 Plus back camera 4.15mm f/2.2"],
      }),
    taken: Taken.nullable(),
    exposure: Exposure.nullable(),
    f_number: z
      .number()
      .nullable()
      .meta({ description: "The aperture as an f-number.", examples: [2.2] }),
    iso: z
      .int()
      .nullable()
      .meta({ description: "The sensitivity (ISO 12232).", examples: [32] }),
    focal_length: z
      .number()
      .nullable()
      .meta({ description: "In millimetres, of the lens itself.", examples: [4.15] }),
    gps: Place.nullable().optional().meta({
      description: "Where it was taken. Only there when asked for with `gps=true`; then null when not recorded.",
    }),
    warnings: z
      .array(Warning)
      .meta({ description: "What was odd. A value that made no sense is null.", examples: [[]] }),
  })
  .meta({ id: "Photo", description: "A photograph: its file, and what the camera recorded. Unknown values are null." });

export const PhotoPage = z
  .object({
    items: z.array(Photo),
    next,
    total,
    skipped_count: z.int().meta({ description: "Other files in this album that are passed over.", examples: [0] }),
    notices: z.array(Notice),
  })
  .meta({ id: "PhotoPage", description: "Photos of an album, in the order of their names (byte by byte)." });

const Skipped = z
  .object({
    name: z.string().meta({ examples: ["notes.txt"] }),
    reason: z.enum(skipReasons),
    message: z.string().meta({ description: "The reason in a sentence." }),
  })
  .meta({ id: "SkippedFile", description: "A file that is not among the photos." });

export const SkippedPage = z
  .object({ items: z.array(Skipped), next, total, notices: z.array(Notice) })
  .meta({ id: "SkippedPage", description: "Files of an album that are not photos, in the order of their names." });

export const Health = z
  .object({
    status: z.enum(["ok", "unavailable"]),
    library: z.object({
      folder: z.string().meta({ description: "The library's folder on the server." }),
      reachable: z.boolean(),
      problem: z.string().nullable().meta({ description: "Why it cannot be used; null when it can." }),
    }),
    albums: z
      .int()
      .nullable()
      .meta({ description: "How many albums there are; null when the library cannot be used." }),
  })
  .meta({ id: "Health", description: "Whether the extractor can do its work." });
