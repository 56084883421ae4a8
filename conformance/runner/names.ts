// Python's names in TypeScript.

/** `read_item` as `readItem`: what Python exports under a name, an application exports in camel case. */
export function camelCase(name: string): string {
  return name.replaceAll(/(?<=\w)_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
}
