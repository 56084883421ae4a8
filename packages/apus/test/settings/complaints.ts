// What a reading of settings complains of, for tests.
import { SettingsError } from "apus/settings";

/** The lines of the error that `read` throws, without what stands around them. */
export function complaints(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split("\n").filter((line) => line.startsWith("  "));
    throw error;
  }
  return [];
}
