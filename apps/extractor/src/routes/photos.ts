// Single photos: the record and the thumbnail.
import { get, header, httpError, kind } from "apus";
import { z } from "zod";
import { LibraryFailure } from "../library/failure.ts";
import { pathOfId } from "../library/id.ts";
import { asFailure } from "../library/open.ts";
import {
  renderThumbnail,
  ThumbnailFailure,
  thumbnailFormats,
  thumbnailSizes,
  thumbnailTag,
} from "../thumbnail/thumbnail.ts";
import { fromLibrary, openedLibrary, PhotoNotFound } from "./library-dependency.ts";
import { photoRecord } from "./photo-record.ts";
import { Photo } from "./schemas.ts";

export const ThumbnailUnavailable = httpError(
  415,
  "Thumbnail unavailable",
  z.string().meta({ description: "Why, in a sentence.", examples: ["The content is no picture."] }),
);

const photoId = z.string().meta({
  description: "The id of a photo, from the photos of an album.",
  examples: ["Outdoors~2Fsony-alpha-6000.jpg"],
});

export const readPhoto = get(
  "/photos/{photo}",
  {
    summary: "Read one photo",
    description: "The same record as in the album's list.",
    input: {
      photo: photoId,
      gps: z.boolean().default(false).meta({ description: "Whether to tell where the photo was taken." }),
      library: openedLibrary,
    },
    output: Photo,
    errors: [PhotoNotFound],
  },
  async ({ photo, gps, library }) => {
    const path = pathOfId(photo);
    if (path === null) throw new PhotoNotFound();
    return fromLibrary(photoRecord(library, path, { gps }), PhotoNotFound);
  },
);

const picture = kind<Uint8Array>({ mediaType: "image/webp", write: (bytes) => bytes });
const notModified = kind<null>({ mediaType: null, status: 304, write: () => null });

/** Bytes of a media type, in a document of OpenAPI 3.1. */
function binary(contentMediaType: string) {
  return { schema: { type: "string", contentMediaType } };
}

export const readThumbnail = get(
  "/photos/{photo}/thumbnail",
  {
    summary: "A thumbnail of a photo",
    description:
      "Upright, in sRGB, without any metadata: neither camera nor place nor time leave with it. It fits into a square of " +
      "`size` pixels and is never larger than the photo. Damaged photos are shown as far as they go. The answer has an " +
      "`ETag`; a request with `If-None-Match` is answered 304 while neither the file nor the request has changed.",
    input: {
      photo: photoId,
      size: z
        .int()
        .min(thumbnailSizes.least)
        .max(thumbnailSizes.most)
        .default(thumbnailSizes.usual)
        .meta({ description: "The longer side in pixels." }),
      format: z.enum(thumbnailFormats).default("webp").meta({ description: "The format of the thumbnail." }),
      if_none_match: header(z.string().optional(), { description: "The `ETag` of an earlier answer." }),
      library: openedLibrary,
    },
    as: picture,
    responseDescription: "The thumbnail",
    responses: {
      200: { content: Object.fromEntries(["image/webp", "image/jpeg"].map((type) => [type, binary(type)])) },
      304: { description: "Not modified: the thumbnail with this `ETag` is still right" },
    },
    errors: [PhotoNotFound, ThumbnailUnavailable],
  },
  async ({ photo, size, format, if_none_match, library }) => {
    try {
      const file = await library.open(photo);
      try {
        const request = { size, format };
        const headers = {
          etag: thumbnailTag(photo, file.stats, request),
          // Personal, so for the browser's own cache only; asked for again after five minutes.
          "cache-control": "private, max-age=300",
          "x-content-type-options": "nosniff",
          "cross-origin-resource-policy": "same-site",
        };
        if (matches(if_none_match, headers.etag)) return notModified(null, { headers });
        const bytes = await renderThumbnail(file, request);
        return picture(bytes, { headers: { ...headers, "content-type": `image/${format}` } });
      } finally {
        await file.handle.close();
      }
    } catch (error) {
      if (error instanceof ThumbnailFailure) throw new ThumbnailUnavailable(error.message);
      const failure = asFailure(error); // a disk may fail in the middle of a file
      if (failure instanceof LibraryFailure && failure.reason === "unreadable")
        throw new ThumbnailUnavailable(failure.message);
      return fromLibrary(Promise.reject(failure), PhotoNotFound);
    }
  },
);

/** If-None-Match: `*`, or a list of entity tags, compared weakly (RFC 9110, section 13.1.2). */
function matches(condition: string | undefined, tag: string): boolean {
  if (condition === undefined) return false;
  if (condition.trim() === "*") return true;
  return condition.split(",").some((each) => each.trim().replace(/^W\//, "") === tag);
}
