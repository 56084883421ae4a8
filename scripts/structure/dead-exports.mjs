// Rule "dead": every exported name is used by another file or is public, and every file is reached by someone.
// A name is followed through the doors that hand it on, so a door that offers what nobody takes is found too.
import { localImports, productFiles, resolve } from "./source-tree.mjs";

/** @typedef {import("./source-tree.mjs").SourceTree} SourceTree */
/** @typedef {import("./source-tree.mjs").SourceFile} SourceFile */
/** @typedef {import("./source-tree.mjs").Finding} Finding */

/**
 * @param {SourceTree} tree
 * @returns {Finding[]}
 */
export function deadExports(tree) {
  const entries = new Set(tree.entries.values());
  const byProduct = new Uses(tree);
  const byTests = new Uses(tree);
  for (const path of entries) byProduct.takeAll(tree.files.get(path));
  for (const file of tree.files.values()) {
    const uses = file.test ? byTests : byProduct;
    for (const { to, by } of localImports(tree, file)) {
      uses.reached.add(to.path);
      if (by.names === "*") uses.takeAll(to);
      else for (const name of by.names) uses.take(to, name);
    }
  }

  /** @type {Finding[]} */
  const findings = [];
  for (const file of productFiles(tree)) {
    for (const { name, line, from } of file.exports) {
      if (byProduct.has(file, name)) continue;
      const alsoInside = from === undefined && (file.mentions.get(name) ?? 0) > 1;
      const tested = byTests.has(file, name);
      const advice = alsoInside ? "Remove the word export." : "Remove it.";
      findings.push({
        severity: tested && alsoInside ? "warning" : "error",
        rule: "dead",
        file: file.path,
        line,
        message: tested
          ? `${name} is exported for tests only${alsoInside ? "" : ", nothing else needs it. Remove it with its test"}.`
          : `${name} is exported, but no file imports it and it is not public. ${advice}`,
      });
    }
    if (!entries.has(file.path) && !byProduct.reached.has(file.path))
      findings.push({
        severity: "error",
        rule: "dead",
        file: file.path,
        line: 1,
        message: "no file of the package imports this file. Remove it, or use it.",
      });
  }
  return findings;
}

/** Collects which exported names, and which files, somebody asks for. */
class Uses {
  /** @param {SourceTree} tree */
  constructor(tree) {
    /** @type {Set<string>} Files somebody imports. */
    this.reached = new Set();
    /** @type {Set<string>} Names somebody takes, as `path name`. */
    this.names = new Set();
    /** @type {Set<string>} Files somebody takes whole. */
    this.whole = new Set();
    this.tree = tree;
  }

  /**
   * @param {SourceFile} file
   * @param {string} name
   */
  has(file, name) {
    return this.names.has(`${file.path} ${name}`);
  }

  /**
   * Somebody takes one name from a file: it is used there, and in the file it really comes from.
   *
   * @param {SourceFile} file
   * @param {string} name
   */
  take(file, name) {
    if (this.has(file, name)) return;
    this.names.add(`${file.path} ${name}`);
    const own = file.exports.find((known) => known.name === name);
    if (own?.from !== undefined) {
      const target = this.#follow(file, own.from.specifier);
      if (own.from.name === "*") this.takeAll(target);
      else if (target !== undefined) this.take(target, own.from.name);
    } else if (own === undefined) {
      for (const { specifier } of file.stars) {
        const target = this.#follow(file, specifier);
        if (target !== undefined && offers(this.tree, target, name)) this.take(target, name);
      }
    }
  }

  /**
   * Somebody takes the whole file: all its names are used.
   *
   * @param {SourceFile | undefined} file
   */
  takeAll(file) {
    if (file === undefined || this.whole.has(file.path)) return;
    this.whole.add(file.path);
    for (const { name } of file.exports) this.take(file, name);
    for (const { specifier } of file.stars) this.takeAll(this.#follow(file, specifier));
  }

  /**
   * @param {SourceFile} file
   * @param {string} specifier
   */
  #follow(file, specifier) {
    const target = resolve(this.tree, file, specifier);
    return "file" in target ? target.file : undefined;
  }
}

/**
 * @param {SourceTree} tree
 * @param {SourceFile} file
 * @param {string} name
 * @returns {boolean}
 */
function offers(tree, file, name) {
  if (file.exports.some((known) => known.name === name)) return true;
  return file.stars.some(({ specifier }) => {
    const target = resolve(tree, file, specifier);
    return "file" in target && offers(tree, target.file, name);
  });
}
