/** What a setting is called outside the program: `itemsPerUser` is read from ITEMS_PER_USER, as pydantic's `items_per_user` is. */

/** The name of a field in an environment: upper case, words parted by underscores. */
export function variableName(key: string): string {
  return key
    .replaceAll(/(?<=[\p{Ll}\p{N}])\p{Lu}|(?<=\p{Lu})\p{Lu}(?=\p{Ll})/gu, "_$&")
    .replaceAll(/[^\p{L}\p{N}_]/gu, "_")
    .toUpperCase();
}

/** How names are compared: each as it is, or whatever their case. */
export type Fold = (name: string) => string;

export const exactly: Fold = (name) => name;
export const ignoringCase: Fold = (name) => name.toLowerCase();
