/** From the rest of a request's path to the path of a file below a directory. */

/** What is asked for below a directory. */
export interface ServedPath {
  /** With `/` between names, without one at either end; empty for the directory itself. */
  readonly path: string;
  /** Whether it ends with a slash, as only directories may. */
  readonly slash: boolean;
}

/**
 * The path is the canonical one, decoded once, which the app's routes and guards saw: nothing here decodes or tidies it, so
 * that no second spelling leads to a file.
 *
 * @param rest What follows the prefix: empty, or from a `/` on.
 * @param dotfiles Whether names that begin with a dot are served; `.well-known` (RFC 8615) at the top always is.
 * @returns undefined for what names no file: `//`, a dot segment, a hidden name.
 */
export function servedPath(rest: string, dotfiles: "ignore" | "allow"): ServedPath | undefined {
  const slash = rest.endsWith("/");
  const path = rest.slice(1, slash && rest.length > 1 ? -1 : undefined);
  if (path === "") return rest === "" || rest === "/" ? { path, slash } : undefined;
  const hidden = (name: string, i: number): boolean =>
    name.startsWith(".") && dotfiles === "ignore" && !(i === 0 && name === ".well-known");
  const names = path.split("/");
  // Backslashes and NUL never get here: the path was refused with 400.
  const stray = (name: string): boolean => name === "" || name === "." || name === ".." || /[\\\0]/.test(name);
  return names.some((name, i) => stray(name) || hidden(name, i)) ? undefined : { path, slash };
}
