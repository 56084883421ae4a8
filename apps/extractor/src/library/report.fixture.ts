// A program for the tests: prints what a library holds, as JSON. Run as another user or in another time zone, which one
// process cannot be for some tests only.
import { readPhoto, unreadablePhoto } from "../photo/photo.ts";
import { pathToText } from "./byte-path.ts";
import { LibraryFailure } from "./failure.ts";
import { fileId, Library } from "./library.ts";

const library = new Library(process.argv[2] ?? "");
const report: Record<string, unknown> = { status: await library.status() };
const { items } = await library.albums({ limit: 100 });
for (const { path, content, problem } of items) {
  const photos: Record<string, unknown> = {};
  for (const { name } of content.photos) {
    try {
      const { handle, stats } = await library.open(fileId(path, name));
      photos[pathToText(name)] = await readPhoto(handle, pathToText(name), stats.size).finally(() => handle.close());
    } catch (error) {
      if (!(error instanceof LibraryFailure)) throw error;
      photos[pathToText(name)] = unreadablePhoto(error.message);
    }
  }
  const skipped = content.skipped.map(({ name, kind }) => [pathToText(name), kind.photo ? null : kind.reason]);
  report[pathToText(path)] = { photos, skipped, problem };
}
process.stdout.write(JSON.stringify(report));
