/** Writes the multipart form of a test request: the fields first, exactly as they are, then the files. */
import { ApusError } from "../diagnostic/index.ts";

/**
 * A file to send: one with a name, its content alone (a Blob is then called "blob", text and bytes "upload", as in httpx), or
 * its name, content and type.
 */
export type TestFile =
  Blob | string | Uint8Array | readonly [name: string, content: string | Uint8Array | Blob, type?: string];

/** Files by name, lists for several under one. A list that begins with a text is one file: its name, content and type. */
export type TestFiles = Readonly<Record<string, TestFile | readonly TestFile[]>>;

/** @throws ApusError for what is no file. */
export async function multipartOf(
  what: string,
  fields: readonly (readonly [name: string, value: string])[],
  files: TestFiles,
): Promise<{ readonly bytes: Uint8Array; readonly type: string }> {
  if (typeof files !== "object" || files === null || Array.isArray(files)) {
    throw new ApusError(
      `APUS_TEST_REQUEST: the files of ${what} are files by name: { avatar: new File(["…"], "a.png") }.`,
    );
  }
  const boundary = crypto.randomUUID();
  const pieces: (string | Blob)[] = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"\r\n\r\n${value}\r\n`,
  );
  for (const [name, given] of Object.entries(files)) {
    const several: readonly unknown[] = Array.isArray(given) && typeof given[0] !== "string" ? given : [given];
    for (const each of several) {
      const { fileName, content } = fileOf(what, name, each);
      const disposition = `form-data; name="${escaped(name)}"; filename="${escaped(fileName)}"`;
      const type = content.type || "application/octet-stream";
      pieces.push(
        `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`,
        content,
        "\r\n",
      );
    }
  }
  const body = new Blob([...pieces, `--${boundary}--\r\n`]);
  return { bytes: new Uint8Array(await body.arrayBuffer()), type: `multipart/form-data; boundary=${boundary}` };
}

function fileOf(what: string, name: string, given: unknown): { readonly fileName: string; readonly content: Blob } {
  if (given instanceof Blob) return { fileName: given instanceof File ? given.name : "blob", content: given };
  if (typeof given === "string" || given instanceof Uint8Array) {
    return { fileName: "upload", content: new Blob([given as BlobPart]) };
  }
  const [fileName, content, type = ""] = Array.isArray(given) ? (given as unknown[]) : [];
  const isContent = typeof content === "string" || content instanceof Uint8Array || content instanceof Blob;
  if (typeof fileName === "string" && isContent && typeof type === "string") {
    return { fileName, content: new Blob([content as BlobPart], { type }) };
  }
  throw new ApusError(
    `APUS_TEST_REQUEST: ${what}: the file "${name}" is none; give a File, its content, or its name, content and type: ["a.txt", "text", "text/plain"].`,
  );
}

/** As browsers write names (HTML, "multipart/form-data encoding algorithm"). */
function escaped(name: string): string {
  return name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
