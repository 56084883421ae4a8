// The sample library in a temporary folder, for the tests of the application.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { prepareSampleLibrary } from "./sample-library.ts";

/** Registers the hooks of a test file. */
export function temporarySamples() {
  let base = "";
  beforeAll(async () => {
    base = realpathSync(mkdtempSync(join(tmpdir(), "extractor-app-")));
    await prepareSampleLibrary(join(base, "samples"));
  });
  afterAll(() => rmSync(base, { recursive: true }));
  return {
    /** A folder to put other things in. */
    get base(): string {
      return base;
    },
    get library(): string {
      return join(base, "samples");
    },
  };
}
