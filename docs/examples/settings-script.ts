// A script needs no app: it reads the same settings, now.
import { config } from "./settings.ts";

export function main(): string {
  const { db } = config.read();
  return db.url.value;
}
