// The directory that the application serves.
import { mkdirSync, writeFileSync } from "node:fs";

export function setup(): void {
  mkdirSync("static");
  writeFileSync("static/sample.txt", "This is a sample static file.");
}
