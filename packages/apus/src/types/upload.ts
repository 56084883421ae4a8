/** `types.upload()`: a file that a client sends in a form. */
import { z } from "zod";
import { ApusError } from "../diagnostic/index.ts";
import type { Upload } from "../multipart/index.ts";
import { fail, problem, type WireType } from "../schema/index.ts";
import { wireCodec } from "./wire-codec.ts";

/** What Python calls the type of a value that is no file: error messages are FastAPI's, word for word. */
function pythonType(value: unknown): string {
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  const names: Readonly<Record<string, string>> = { string: "str", number: "float", boolean: "bool", object: "dict" };
  return names[typeof value] ?? typeof value;
}

const isUpload = (value: unknown): boolean => value instanceof File && "save" in value;

const wire: WireType = {
  label: () => "function-plain[_validate()]",
  holds: "file",
  reader: () => (value, problems) => {
    if (isUpload(value)) return value;
    const msg = `Value error, Expected UploadFile, received: <class '${pythonType(value)}'>`;
    return fail(problems, problem("value_error", msg, value, { error: {} }));
  },
  writer: () => {
    throw new ApusError("APUS_OUTPUT_TYPE: a file cannot be part of an answer's JSON; send one with sendFile(path).");
  },
  shape: () => ({ type: "string", contentMediaType: "application/octet-stream" }),
};

/**
 * A file of a multipart form, as FastAPI's `UploadFile`; the form is one without being marked. The handler gets an `Upload`:
 * a web `File` with the headers of its part and with `save()`. Large ones are in temporary files, not in memory, until the
 * request is over. Where no file was chosen, browsers send one with an empty name and no content.
 *
 * @throws ApusError for options: it has none.
 * @example
 * post("/uploads", { input: { file: types.upload() } }, ({ file }) => ({ name: file.name, size: file.size }));
 * post("/albums", { input: { photos: z.array(types.upload()).max(20) } }, ({ photos }) => photos.length);
 */
export function upload(): z.ZodCodec<z.ZodCustom<Blob, Blob>, z.ZodCustom<Upload, Upload>>;
export function upload(options?: unknown): z.ZodCodec<z.ZodCustom<Blob, Blob>, z.ZodCustom<Upload, Upload>> {
  if (options !== undefined) {
    throw new ApusError(
      "APUS_OPTIONS: types.upload() takes no options: `formLimits: { maxFileSize }` of the operation limits its size while it arrives, and z.file().max().mime() checks size and type.",
    );
  }
  return wireCodec(
    wire,
    z.custom<Blob>((value) => value instanceof Blob),
    z.custom<Upload>(isUpload),
  );
}
