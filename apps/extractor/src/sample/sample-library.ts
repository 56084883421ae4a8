// Makes the sample library at the first start and repairs it at later ones. It appears complete or not at all.
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { causeSentence, systemCode } from "../library/failure.ts";
import { type SampleFile, sampleFiles, sampleReadme } from "./manifest.ts";

/** Where the sample library is kept: in the application's own `data` folder, which is not under version control. */
export const sampleFolder = fileURLToPath(new URL("../../data/sample-library", import.meta.url));

/** The samples could not be made; `message` says why and what to do. */
export class SampleError extends Error {}

const packages = createRequire(import.meta.url);

/**
 * Makes sure that the sample library is complete. Files that are missing or of another length are written anew; files
 * that somebody added are left alone.
 *
 * @returns the folder
 * @throws SampleError
 */
export async function prepareSampleLibrary(folder: string = sampleFolder): Promise<string> {
  try {
    if (await isFolder(folder)) await repair(folder);
    else await create(folder);
    return folder;
  } catch (error) {
    if (error instanceof SampleError) throw error;
    throw new SampleError(
      `The sample photos cannot be written to ${JSON.stringify(folder)}: ${causeSentence(error)}. ` +
        "Set EXTRACTOR_LIBRARY to a folder with photographs of your own.",
      { cause: error },
    );
  }
}

async function create(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), ".sample-library-"));
  try {
    for (const { path, bytes } of await contents()) await writeInto(draft, path, bytes);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process that starts at the same moment may have been first.
    const code = systemCode(error);
    if ((code === "ENOTEMPTY" || code === "EEXIST") && (await isFolder(folder))) return repair(folder);
    throw error;
  }
}

async function repair(folder: string): Promise<void> {
  for (const { path, bytes } of await contents()) {
    const there = await stat(join(folder, path)).catch(() => null);
    if (there?.isFile() && there.size === bytes.byteLength) continue;
    await writeInto(folder, path, bytes);
  }
}

async function contents(): Promise<{ path: string; bytes: Buffer }[]> {
  const files = await Promise.all(sampleFiles.map(async (file) => ({ path: file.to, bytes: await contentOf(file) })));
  return [...files, { path: "README.md", bytes: Buffer.from(sampleReadme()) }];
}

async function contentOf({ from, cutAt }: SampleFile): Promise<Buffer> {
  if ("text" in from) return Buffer.from(from.text);
  try {
    const bytes = await readFile(join(dirname(packages.resolve(`${from.package}/package.json`)), from.path));
    return cutAt === undefined ? bytes : bytes.subarray(0, cutAt);
  } catch (error) {
    throw new SampleError(
      `The sample photos come with the package "${from.package}", whose ${from.path} is missing. ` +
        "Run npm install, or set EXTRACTOR_LIBRARY to a folder with photographs of your own.",
      { cause: error },
    );
  }
}

/** Written beside and then renamed, so that nobody sees half a file. */
async function writeInto(folder: string, path: string, bytes: Buffer): Promise<void> {
  const target = join(folder, path);
  const draft = join(dirname(target), `.${process.pid}-${Date.now()}.part`);
  await mkdir(dirname(target), { recursive: true });
  try {
    await writeFile(draft, bytes, { flag: "wx" });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
