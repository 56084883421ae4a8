// Reads one TypeScript file and tells what it imports, exports and mentions: the facts all structure rules work on.
// The parser is TypeScript 6's, because TypeScript 7 has no JavaScript API; nothing is type-checked here.
import ts from "typescript6";

/**
 * @typedef {object} Import
 * @property {string} specifier
 * @property {readonly string[] | "*"} names The names asked for; `"*"` when the whole module is taken.
 * @property {boolean} typeOnly Erased at run time: `import type`, `export type … from`, `import("…").X` in a type.
 * @property {"import" | "reexport" | "dynamic" | "type" | "url"} kind
 * @property {number} line
 */
/**
 * @typedef {object} Export
 * @property {string} name
 * @property {number} line
 * @property {{ specifier: string, name: string }} [from] Set when the name is handed on from another module.
 */
/**
 * @typedef {object} SourceFile
 * @property {string} path Relative to the package, with forward slashes.
 * @property {boolean} test
 * @property {number} lines
 * @property {Import[]} imports
 * @property {Export[]} exports
 * @property {{ specifier: string, line: number }[]} stars `export * from "…"`.
 * @property {number[]} anys Lines on which the keyword `any` stands.
 * @property {{ name: string, line: number }[]} globals Node's globals the file uses.
 * @property {Map<string, number>} mentions How often each identifier stands in the file.
 */

const NODE_GLOBALS = new Set([
  "process",
  "Buffer",
  "__dirname",
  "__filename",
  "require",
  "module",
  "global",
  "setImmediate",
  "clearImmediate",
  "NodeJS",
]);

/** Says whether a path is a test or a type test rather than part of the package. */
export const isTestPath = (/** @type {string} */ path) =>
  /\.(test|test-d|bench)\.[cm]?[jt]s$/.test(path) || path.startsWith("test/");

/**
 * Parses one file.
 *
 * @param {string} path Relative to the package, with forward slashes.
 * @param {string} text
 * @returns {SourceFile}
 */
export function parseSource(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  /** @type {SourceFile} */
  const file = {
    path,
    test: isTestPath(path),
    lines: text.endsWith("\n") ? text.split("\n").length - 1 : text.split("\n").length,
    imports: [],
    exports: [],
    stars: [],
    anys: [],
    globals: [],
    mentions: new Map(),
  };
  /** @type {Set<string>} */
  const declared = new Set();
  const lineOf = (/** @type {ts.Node} */ node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

  const visit = (/** @type {ts.Node} */ node) => {
    readImport(node, file, lineOf(node));
    readExport(node, file, lineOf);
    if (node.kind === ts.SyntaxKind.AnyKeyword) file.anys.push(lineOf(node));
    if (ts.isIdentifier(node)) {
      file.mentions.set(node.text, (file.mentions.get(node.text) ?? 0) + 1);
      if (isDeclarationName(node)) declared.add(node.text);
      else if (NODE_GLOBALS.has(node.text) && isReference(node))
        file.globals.push({ name: node.text, line: lineOf(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  file.globals = file.globals.filter(({ name }) => !declared.has(name));
  return file;
}

/**
 * @param {ts.Node} node
 * @param {SourceFile} file
 * @param {number} line
 */
function readImport(node, file, line) {
  const add = (/** @type {Omit<Import, "line">} */ found) => file.imports.push({ ...found, line });

  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const clause = node.importClause;
    const specifier = node.moduleSpecifier.text;
    const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    const bindings = clause?.namedBindings;
    if (bindings !== undefined && ts.isNamespaceImport(bindings)) {
      add({ specifier, names: "*", typeOnly, kind: "import" });
      return;
    }
    const names = bindings?.elements.map((element) => (element.propertyName ?? element.name).text) ?? [];
    if (clause?.name !== undefined) names.push("default");
    add({ specifier, names, typeOnly, kind: "import" });
  } else if (
    ts.isExportDeclaration(node) &&
    node.moduleSpecifier !== undefined &&
    ts.isStringLiteral(node.moduleSpecifier)
  ) {
    add({ specifier: node.moduleSpecifier.text, names: [], typeOnly: node.isTypeOnly, kind: "reexport" });
  } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    if (argument !== undefined && ts.isStringLiteralLike(argument))
      add({ specifier: argument.text, names: "*", typeOnly: false, kind: "dynamic" });
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument;
    let first = node.qualifier;
    while (first !== undefined && ts.isQualifiedName(first)) first = first.left;
    if (ts.isStringLiteral(literal))
      add({ specifier: literal.text, names: first === undefined ? "*" : [first.text], typeOnly: true, kind: "type" });
  } else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "URL") {
    // `new URL("./worker.ts", import.meta.url)`: a file started by path, as workers are.
    const [argument, base] = node.arguments ?? [];
    const isModule = argument !== undefined && ts.isStringLiteralLike(argument) && /\.[cm]?[jt]s$/.test(argument.text);
    if (isModule && base?.getText().startsWith("import.meta"))
      add({ specifier: argument.text, names: "*", typeOnly: false, kind: "url" });
  }
}

/**
 * @param {ts.Node} node
 * @param {SourceFile} file
 * @param {(node: ts.Node) => number} lineOf
 */
function readExport(node, file, lineOf) {
  if (ts.isExportDeclaration(node)) {
    const specifier =
      node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)
        ? node.moduleSpecifier.text
        : undefined;
    if (node.exportClause === undefined) {
      if (specifier !== undefined) file.stars.push({ specifier, line: lineOf(node) });
    } else if (ts.isNamespaceExport(node.exportClause)) {
      const name = node.exportClause.name.text;
      file.exports.push({ name, line: lineOf(node), ...(specifier && { from: { specifier, name: "*" } }) });
    } else {
      for (const element of node.exportClause.elements) {
        const from = specifier && { from: { specifier, name: (element.propertyName ?? element.name).text } };
        file.exports.push({ name: element.name.text, line: lineOf(element), ...from });
      }
    }
    return;
  }
  if (ts.isExportAssignment(node)) {
    file.exports.push({ name: "default", line: lineOf(node) });
    return;
  }
  if (!ts.canHaveModifiers(node)) return;
  const modifiers = ts.getModifiers(node) ?? [];
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return;
  const byDefault = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  if (byDefault) file.exports.push({ name: "default", line: lineOf(node) });
  else if (ts.isVariableStatement(node)) {
    for (const declaration of node.declarationList.declarations)
      for (const name of boundNames(declaration.name)) file.exports.push({ name: name.text, line: lineOf(name) });
  } else if ("name" in node && node.name !== undefined) {
    const name = /** @type {ts.Identifier} */ (node.name);
    // Overloads and a type beside a value of the same name are one export.
    if (!file.exports.some((known) => known.name === name.text))
      file.exports.push({ name: name.text, line: lineOf(name) });
  }
}

/**
 * @param {ts.BindingName} name
 * @returns {ts.Identifier[]}
 */
function boundNames(name) {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/** The identifier gives something a name in this file, so it hides a global of the same name. */
function isDeclarationName(/** @type {ts.Identifier} */ node) {
  const { parent } = node;
  if (ts.isImportSpecifier(parent)) return parent.name === node;
  if (ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return true;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isFunctionExpression(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isTypeAliasDeclaration(parent) ||
      ts.isInterfaceDeclaration(parent) ||
      ts.isTypeParameterDeclaration(parent)) &&
    parent.name === node
  );
}

/** The identifier reads a variable or a type, rather than naming a property or a member. */
function isReference(/** @type {ts.Identifier} */ node) {
  const { parent } = node;
  // `globalThis.process` reaches the same global by another road.
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return ts.isIdentifier(parent.expression) && parent.expression.text === "globalThis";
  if (ts.isQualifiedName(parent) && parent.right === node) return false;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  if (ts.isJSDoc(parent) || ts.isMetaProperty(parent) || ts.isLabeledStatement(parent)) return false;
  const named = /** @type {{ name?: ts.Node }} */ (/** @type {unknown} */ (parent)).name === node;
  return !(named && !ts.isShorthandPropertyAssignment(parent));
}
