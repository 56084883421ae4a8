// Bundles src/ for Node: one file for the core and one for each room that package.json exports to `node`. Hundreds of small modules take
// Node longer to find, read and link than all the rest of a start. Each module is in one file only: there is one copy of what it keeps.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { build } from "esbuild";

/** What `bin/apus.mjs` loads, and the process that `apus dev` starts, which is looked for beside the file that starts it. */
const programs = { cli: "src/cli/index.ts", "app-process": "src/cli/reload/app-process.ts" };

/** Says what is wrong with the source. */
export class BundleError extends Error {}

/** @typedef {{ readonly room: string, readonly entryPoints: Record<string, string> }} Room Files of one folder, by the name of what is made of them. */

/**
 * The rooms that have files of their own. All others together are the core.
 *
 * @param {string} packageFolder
 * @returns {Room[]}
 */
function roomsOf(packageFolder) {
  const { exports = {} } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const rooms = Object.values(exports).flatMap(({ node, "@apus/source": source }) =>
    node === undefined ? [] : [{ room: roomOf(source), entryPoints: { [basename(node, ".js")]: source } }],
  );
  const isProgram = existsSync(join(packageFolder, programs.cli));
  return isProgram ? [...rooms, { room: "cli", entryPoints: programs }] : rooms;
}

/** The folder of src/ that a file is in; that of src/index.ts has no name. */
function roomOf(path) {
  const [, room = ""] = /^(?:\.\/)?src\/([^/]+)\//.exec(path) ?? [];
  return room;
}

/**
 * A class that speaks of itself gets a second name inside, which would be the one that errors and `console.log` show. Each name is written
 * over by the first one and a space, so that every column of the map stays right.
 *
 * @param {string} text
 */
function withOwnNames(text) {
  const twice = [...text.matchAll(/^\s*(?:var|let|const) (\w+) = class _\1\b/gm)].map(([, name]) => name);
  return twice.reduce(
    (before, name) => before.replaceAll(new RegExp(`(?<![\\w$])_${name}(?![\\w$])`, "g"), `${name} `),
    text,
  );
}

/**
 * Two classes of one name in one file: the second would get a number.
 *
 * @param {string} text
 * @param {readonly string[]} sources
 */
function renamedClass(text, sources) {
  const known = new Set(sources.flatMap((source) => [...source.matchAll(/\bclass (\w+)/g)].map(([, name]) => name)));
  const found = [...text.matchAll(/^\s*(?:(?:var|let|const) (\w+) = class\b|class (\w+))/gm)];
  return found.map(([, variable, name]) => variable ?? name).find((name) => !known.has(name));
}

/**
 * @param {string} packageFolder
 * @param {string} output Does not exist, and is as far from the package's folder as it is to be: the maps name the sources relative to it.
 * @throws {BundleError} for a class that would get another name than in the source.
 */
export async function bundleForNode(packageFolder, output) {
  const rooms = roomsOf(packageFolder);
  if (rooms.length === 0) return;
  const names = new Map(rooms.map(({ room, entryPoints }) => [room, Object.keys(entryPoints)[0]]));
  /** The modules of the core that rooms import. */
  const doors = new Set();
  /** What they import of it. */
  const needed = new Set();

  /** @returns {import("esbuild").Plugin} Leaves to other files what is theirs. */
  const apart = (/** @type {string} */ own) => ({
    name: "apart",
    setup(api) {
      api.onResolve({ filter: /^\.\.?\// }, ({ path, importer, kind }) => {
        if (kind === "entry-point") return undefined;
        const file = relative(packageFolder, resolve(dirname(importer), path))
          .split(sep)
          .join("/");
        const room = roomOf(file);
        if (room === own && own !== "") return undefined;
        const name = names.get(room);
        if (name === undefined) doors.add(file);
        return { path: `./${name ?? "core"}.js`, external: true, sideEffects: false };
      });
    },
  });
  const make = async (/** @type {string} */ name, /** @type {import("esbuild").BuildOptions} */ options) => {
    const { outputFiles, metafile } = await build({
      absWorkingDir: packageFolder,
      outdir: output,
      entryNames: "[name]",
      chunkNames: `${name}-[name]-[hash]`,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "neutral",
      packages: "external",
      target: "es2023",
      sourcemap: "linked",
      sourcesContent: false, // src/ is in the package
      metafile: true,
      write: false,
      logLevel: "silent",
      ...options,
    });
    const inputs = Object.keys(metafile.inputs).map((path) => join(packageFolder, path));
    const sources = inputs.filter((path) => existsSync(path)).map((path) => readFileSync(path, "utf8"));
    for (const { path, text } of outputFiles) {
      if (!path.endsWith(".js")) {
        writeFileSync(path, text);
        continue;
      }
      const renamed = renamedClass(text, sources);
      if (renamed !== undefined) {
        throw new BundleError(
          `Two classes are called ${renamed.replace(/\d+$/, "")}, and one of them would be ${renamed} in dist/node/${basename(path)}: rename one.`,
        );
      }
      for (const name of namesIn(text, /^import \{([^}]*)\} from "\.\/core\.js";$/gm, 0)) needed.add(name);
      writeFileSync(path, withOwnNames(text));
    }
    return outputFiles.flatMap(({ text }) => namesIn(text, /^export \{([^}]*)\};$/gm, -1));
  };

  mkdirSync(output);
  await Promise.all(
    rooms.map(({ room, entryPoints }) => make(names.get(room) ?? room, { entryPoints, plugins: [apart(room)] })),
  );
  const lines = [...doors].toSorted().map((door) => `export * from "./${door}";\n`);
  const stdin = { contents: lines.join(""), resolveDir: packageFolder };
  const given = new Set(await make("core", { stdin, entryNames: "core" }));
  // What two modules export under one name, `export *` exports from neither, without a word.
  const missing = [...needed].find((name) => !given.has(name));
  if (missing !== undefined) {
    throw new BundleError(
      `Two modules of the core export ${missing}, and both are imported by other rooms: rename one.`,
    );
  }
}

/**
 * The names in all lists between braces, which hold `name` or `inside as outside`.
 *
 * @param {string} text
 * @param {RegExp} lists
 * @param {0 | -1} side Which of two names: the first or the last one.
 */
function namesIn(text, lists, side) {
  const parts = [...text.matchAll(lists)].flatMap(([, list = ""]) => list.split(","));
  return parts.map((part) => part.trim().split(" as ").at(side) ?? "");
}
