// Writes what one entry of the package shows its users into one text: every exported declaration, and below them those that
// they are made of. Comments and the order of files are left out, so that a difference is one that users can see.
import ts from "typescript6";

/**
 * @typedef {object} Entry
 * @property {string} name What users import: `apus/client`.
 * @property {string} file Its .d.ts.
 */

const compilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  strict: true,
  types: [],
  // Names are looked up, nothing is judged: what the platform declares stays as it stands.
  noLib: true,
  noEmit: true,
};

/**
 * @param {string} folder Where the declarations lie; what is declared elsewhere is imported.
 * @param {readonly Entry[]} entries The first is the main one: what it exports, the others import from it.
 * @returns {Map<string, string>} A text for each entry's name.
 */
export function flatten(folder, entries) {
  const program = ts.createProgram({ rootNames: entries.map(({ file }) => file), options: compilerOptions });
  const checker = program.getTypeChecker();
  const [main] = entries;
  const ofMain = main === undefined ? [] : exportsOf(program, checker, main.file);
  const inMain = new Map(ofMain.map(({ name, target }) => [target, name]));
  return new Map(
    entries.map(({ name, file }) => {
      const text = new FlatEntry(folder, checker, exportsOf(program, checker, file), {
        from: main?.name ?? "",
        names: name === main?.name ? new Map() : inMain,
      }).text();
      return [name, text];
    }),
  );
}

/**
 * @param {ts.Program} program
 * @param {ts.TypeChecker} checker
 * @param {string} file
 */
function exportsOf(program, checker, file) {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is no module.`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => ({ name: symbol.name, target: resolved(checker, symbol) }))
    .toSorted(byName);
}

/** @type {(checker: ts.TypeChecker, symbol: ts.Symbol) => ts.Symbol} */
const resolved = (checker, symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);

/** @type {(a: { name: string }, b: { name: string }) => number} */
const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** One entry's text in the making. */
class FlatEntry {
  #folder;
  #checker;
  #exports;
  /** @type {{ from: string, names: ReadonlyMap<ts.Symbol, string> }} */
  #main;
  /** What each declaration is called in the text. @type {Map<ts.Symbol, string>} */
  #names = new Map();
  /** @type {Set<string>} */
  #taken = new Set();
  /** The declarations by name, printed. @type {Map<string, string>} */
  #printed = new Map();
  /** Names by the module they are imported from. @type {Map<string, Set<string>>} */
  #imports = new Map();

  /**
   * @param {string} folder
   * @param {ts.TypeChecker} checker
   * @param {{ name: string, target: ts.Symbol }[]} exported
   * @param {{ from: string, names: ReadonlyMap<ts.Symbol, string> }} main What is imported from the main entry.
   */
  constructor(folder, checker, exported, main) {
    this.#folder = folder;
    this.#checker = checker;
    this.#exports = exported;
    this.#main = main;
  }

  text() {
    /** @type {string[]} */
    const again = [];
    for (const { name, target } of this.#exports) {
      const known = this.#names.get(target);
      const inMain = this.#main.names.get(target);
      if (inMain !== undefined)
        again.push(`export { ${inMain === name ? name : `${inMain} as ${name}`} } from "${this.#main.from}";`);
      else if (known === undefined) this.#call(target, name);
      else again.push(`export { ${known} as ${name} };`);
    }
    const exported = [...this.#names];
    for (const [symbol, name] of exported) this.#print(symbol, name, true);
    // Names are given in the order in which declarations are met, which is that of the exported names.
    for (const [symbol, name] of this.#names) if (!this.#printed.has(name)) this.#print(symbol, name, false);
    const own = new Set(exported.map(([, name]) => name));
    const sorted = [...this.#printed].map(([name, text]) => ({ name, text })).toSorted(byName);
    const inner = sorted.filter(({ name }) => !own.has(name));
    const parts = [
      [...this.#imports].toSorted().map(([from, names]) => importOf(from, [...names].toSorted())),
      again,
      sorted.filter(({ name }) => own.has(name)).map(({ text }) => text),
      inner.length === 0 ? [] : ["// What the above is made of.", ...inner.map(({ text }) => text)],
      ["export {};"],
    ];
    return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
  }

  /** @param {ts.Symbol} symbol @param {string} wanted */
  #call(symbol, wanted) {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}${number}`;
    this.#taken.add(name);
    this.#names.set(symbol, name);
    return name;
  }

  /** @param {ts.Symbol} symbol @param {string} name @param {boolean} exported */
  #print(symbol, name, exported) {
    const printer = ts.createPrinter({ removeComments: true });
    const texts = (symbol.declarations ?? []).map((declaration) => {
      const statement = statementOf(declaration);
      const { transformed } = ts.transform(statement, [(context) => (node) => this.#rewritten(node, context)]);
      const text = printer.printNode(ts.EmitHint.Unspecified, transformed[0] ?? statement, declaration.getSourceFile());
      const type = ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration);
      return `${exported ? "export " : ""}${type ? "" : "declare "}${text.replace(/^(?:(?:export|declare|default) )+/, "")}`;
    });
    this.#printed.set(name, texts.join("\n"));
  }

  /**
   * @param {ts.Node} root
   * @param {ts.TransformationContext} context
   * @returns {ts.Node}
   */
  #rewritten(root, context) {
    /** @type {(node: ts.Node) => ts.Node} */
    const visit = (node) => {
      if (ts.isImportTypeNode(node) && node.qualifier !== undefined && ts.isIdentifier(node.qualifier)) {
        const name = this.#nameOf(node.qualifier);
        if (name !== undefined) {
          const args = node.typeArguments?.map((each) => /** @type {ts.TypeNode} */ (visit(each)));
          return node.isTypeOf
            ? ts.factory.createTypeQueryNode(ts.factory.createIdentifier(name), args)
            : ts.factory.createTypeReferenceNode(name, args);
        }
      }
      if (ts.isIdentifier(node)) {
        const name = this.#nameOf(node);
        return name === undefined || name === node.text ? node : ts.factory.createIdentifier(name);
      }
      return ts.visitEachChild(node, visit, context);
    };
    return visit(root);
  }

  /**
   * What an identifier is called in the text, or undefined where it stays: a member, a parameter, a global.
   *
   * @param {ts.Identifier} node
   */
  #nameOf(node) {
    const found = this.#checker.getSymbolAtLocation(node);
    if (found === undefined) return undefined;
    const symbol = resolved(this.#checker, found);
    const [declaration] = symbol.declarations ?? [];
    const here = declaration?.getSourceFile().fileName.startsWith(this.#folder);
    if (here !== true) {
      this.#importOutside(found);
      return undefined;
    }
    if (!declaration || !isTopLevel(declaration)) return undefined;
    const inMain = this.#main.names.get(symbol);
    if (inMain !== undefined) {
      this.#take(this.#main.from, inMain);
      return inMain;
    }
    return this.#names.get(symbol) ?? this.#call(symbol, symbol.name);
  }

  /** @param {ts.Symbol} symbol What stands in the file: a name that an import brought, or a global. */
  #importOutside(symbol) {
    const [declaration] = symbol.declarations ?? [];
    if (!declaration || !ts.isImportSpecifier(declaration)) {
      if (declaration && (ts.isNamespaceImport(declaration) || ts.isImportClause(declaration)))
        throw new Error(`${declaration.getSourceFile().fileName}: only named imports can be flattened.`);
      return;
    }
    const from = /** @type {ts.StringLiteral} */ (declaration.parent.parent.parent.moduleSpecifier).text;
    const { name, propertyName } = declaration;
    this.#take(from, propertyName === undefined ? name.text : `${propertyName.text} as ${name.text}`);
  }

  /** @param {string} from @param {string} name */
  #take(from, name) {
    const names = this.#imports.get(from) ?? new Set();
    this.#imports.set(from, names.add(name));
    this.#taken.add(name);
  }
}

/** @param {string} from @param {readonly string[]} names */
function importOf(from, names) {
  return `import type { ${names.join(", ")} } from "${from}";`;
}

/** @param {ts.Declaration} declaration */
function isTopLevel(declaration) {
  return ts.isSourceFile(statementOf(declaration).parent);
}

/**
 * @param {ts.Declaration} declaration
 * @returns {ts.Node} The declaration itself, or the `const …;` that a variable stands in.
 */
function statementOf(declaration) {
  if (!ts.isVariableDeclaration(declaration)) return declaration;
  if (/** @type {ts.VariableDeclarationList} */ (declaration.parent).declarations.length > 1)
    throw new Error(`${declaration.name.getText()}: only statements of one variable can be flattened.`);
  return declaration.parent.parent;
}
