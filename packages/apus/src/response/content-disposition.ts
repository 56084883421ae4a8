/** Content-Disposition: whether a browser shows what it gets or saves it, and under which name (RFC 6266). */

/** Characters that Python's `quote` leaves as they are; a name of these alone needs no encoding. */
const plain = /^[\w.~-]*$/;

/**
 * @param filename Control characters are left out of it, and what separates folders is replaced: the text may be a client's,
 *   and it is the name of a file, not a way to one.
 */
export function contentDisposition(type: "attachment" | "inline", filename: string | undefined): string {
  if (filename === undefined) return type;
  const name = filename.replaceAll(/\p{Cc}/gu, "").replaceAll(/[/\\]/g, "_");
  return plain.test(name) ? `${type}; filename="${name}"` : `${type}; filename*=utf-8''${encoded(name)}`;
}

/** The name in UTF-8, percent-encoded (RFC 8187). Half of a surrogate pair, which has no UTF-8, becomes U+FFFD. */
function encoded(name: string): string {
  return encodeURIComponent(name.replaceAll(/\p{Cs}/gu, "\ufffd")).replaceAll(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
