/** The text of a form's parts in the charset that the request says, as FastAPI decodes it: what does not fit is Latin-1. */

const latin1Names = new Set(["latin-1", "latin1", "l1", "iso-8859-1", "iso8859-1", "8859", "ascii", "us-ascii", "646"]);

/** @param charset Of the request's Content-Type; UTF-8 where it says none. */
export function decoderFor(charset = "utf-8"): (bytes: Uint8Array) => string {
  const name = charset.toLowerCase().replaceAll("_", "-");
  // To the web's decoder Latin-1 is windows-1252, which has other characters in the place of control characters.
  if (latin1Names.has(name)) return latin1Text;
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: true });
  } catch {
    return latin1Text;
  }
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return latin1Text(bytes);
    }
  };
}

const mostArguments = 8192;

export function latin1Text(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += mostArguments) {
    text += String.fromCharCode(...bytes.subarray(at, at + mostArguments));
  }
  return text;
}

export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
