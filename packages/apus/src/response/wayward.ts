/** Names of files that come from outside, or that programs make of what does. */

const wayward = /^$|^\/|\/$|(?:^|\/)\.|[\\\0]/;

/**
 * Whether a path below a folder is none: it is empty, names a folder, begins at the top, goes up or to what is hidden, or is one
 * that machines read differently.
 */
export function isWayward(path: string): boolean {
  return wayward.test(path);
}
