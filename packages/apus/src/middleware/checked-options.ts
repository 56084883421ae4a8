/** Refuses options of a middleware that have the wrong kind of value. */
import { ApusError } from "../diagnostic/index.ts";

/** @throws ApusError for anything but true, false and undefined: a text such as "false" would count as true. */
export function checkFlag(name: string, option: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw new ApusError(`APUS_MIDDLEWARE: ${name}({ ${option} }) is true or false.`);
}

/**
 * @param fault Says what is wrong with one text; undefined where nothing is.
 * @throws ApusError for anything but a list of texts without a fault.
 */
export function checkTexts(
  name: string,
  option: string,
  list: unknown,
  fault: (text: string) => string | undefined,
): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    throw new ApusError(`APUS_MIDDLEWARE: ${name}({ ${option} }) is a list of texts: ["…"].`);
  }
  for (const each of list as readonly unknown[]) {
    const wrong = typeof each === "string" ? fault(each) : "is no text";
    if (wrong === undefined) continue;
    throw new ApusError(`APUS_MIDDLEWARE: ${JSON.stringify(each)} in ${name}({ ${option} }) ${wrong}.`);
  }
}
