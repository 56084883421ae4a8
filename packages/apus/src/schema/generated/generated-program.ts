/**
 * The program that a generated reader or writer becomes: its constants, its functions, how large each may grow, and the
 * guard against a polluted `Object.prototype`. What the functions do is said by whoever makes the program.
 */
import { entry, quote, sourceUrl } from "./source-text.ts";
import { INVALID } from "../problem.ts";
import { composite, reached } from "../reached.ts";
import type { ZodSchema } from "../zod.ts";

/** What generated code says when it does not know; the closures then decide from the start. */
export const DOUBT: unique symbol = Symbol("apus.doubt");
/** What a generated function for a member of a union says when the closures would not take the value as it is. */
const NO: unique symbol = Symbol("apus.no");

/** The finished value, or DOUBT. */
export type Fast = (value: unknown) => unknown;

/** Where a piece of source stands. */
export interface Scope {
  /** The statement for: the closures would certainly not take this value as it is. */
  readonly no: string;
  /** Inside a union, where it matters whether a part takes its value without converting it. */
  readonly exact: boolean;
  /** How many containers of the same function it stands in. */
  readonly depth: number;
}

/** The statement for: only the closures can tell. */
export const UNSURE = "return DOUBT;";

/** Statements, and the name of the variable that holds what they made. */
export interface Emitted {
  readonly code: string;
  readonly value: string;
}

type Emit = (schema: ZodSchema, from: string, scope: Scope) => Emitted;

const limits = {
  /** Parts in the whole program; what is beyond is left to closures. */
  parts: 4000,
  /** Parts in one function, so that the engine still optimises it. */
  partsPerFunction: 150,
  /** Containers inside each other in one function. */
  depth: 8,
  /** Calls inside each other: far less stack than the closures use for what the JSON parser lets through. */
  calls: 64,
};

function isComposite({ _zod: { def } }: ZodSchema): boolean {
  return def.wire === undefined && composite.has(def.type);
}

/** The scope inside a part that is written out. */
export function inPart(schema: ZodSchema, scope: Scope): Scope {
  return isComposite(schema) ? { ...scope, depth: scope.depth + 1 } : scope;
}

interface Pending {
  readonly schema: ZodSchema;
  readonly name: string;
  readonly exact: boolean;
}

/** How the functions of a program call each other, and what it makes of a value. */
interface Convention {
  /** What is given to functions besides the value and the depth: `, at`. */
  readonly also: string;
  /** What stands at the start of the program's functions; asked when the statements are there. */
  head(): string;
  /** What the whole does with a value: the body of a function of `given`. `root` is the function that takes it. */
  whole(root: string): string;
}

const byValue: Convention = { also: "", head: () => "", whole: (root) => `return ${root}(given, 0);` };

export class Program {
  readonly #emit: Emit;
  readonly #convention: Convention;
  readonly #places: ReadonlyMap<ZodSchema, number>;
  readonly #constants = new Map<unknown, string>();
  readonly #named = { exact: new Map<ZodSchema, string>(), any: new Map<ZodSchema, string>() };
  readonly #pending: Pending[] = [];
  readonly #absent = new Set<string>();
  #names = 0;
  #parts = 0;
  #partsHere = 0;

  constructor(root: ZodSchema, emit: Emit, convention: Convention = byValue) {
    this.#emit = emit;
    this.#convention = convention;
    this.#places = reached(root);
    this.#call(root, false);
  }

  /** A name that is used nowhere else in the program. */
  name(): string {
    return `v${this.#names++}`;
  }

  /** The name of a value that no literal can say. */
  constant(value: unknown): string {
    const known = this.#constants.get(value);
    if (known !== undefined) return known;
    const name = `c${this.#constants.size}`;
    this.#constants.set(value, name);
    return name;
  }

  /** Whether the program is so large that the rest is left to closures. */
  get full(): boolean {
    return this.#parts > limits.parts;
  }

  /** Whether `Object.prototype` has nothing of this name; the program asks again at every call. */
  isFree(key: string): boolean {
    if (key in Object.prototype) return false;
    this.#absent.add(key);
    return true;
  }

  /** Source for a part of a schema: written out here, or the call of a function. */
  part(schema: ZodSchema, from: string, scope: Scope): Emitted {
    const called = this.called(schema, scope);
    if (called === undefined) return this.#emit(schema, from, inPart(schema, scope));
    const value = this.name();
    const unless = scope.exact ? `if (${value} === NO) { ${scope.no} }` : "";
    return {
      code: `const ${value} = ${called}(${from}, depth + 1); ${unless} if (${value} === DOUBT) return DOUBT;`,
      value,
    };
  }

  /** The function that a part is left to, or undefined where it is to be written out. To be asked once for each part. */
  called(schema: ZodSchema, scope: Scope): string | undefined {
    this.#parts++;
    this.#partsHere++;
    if (!isComposite(schema) || this.full) return undefined;
    const large = this.#partsHere > limits.partsPerFunction || scope.depth >= limits.depth;
    return !large && this.#places.get(schema) === 1 ? undefined : this.#call(schema, scope.exact);
  }

  #call(schema: ZodSchema, exact: boolean): string {
    const names = exact ? this.#named.exact : this.#named.any;
    const known = names.get(schema);
    if (known !== undefined) return known;
    const name = `f${this.#named.exact.size + this.#named.any.size}`;
    names.set(schema, name);
    this.#pending.push({ schema, name, exact });
    return name;
  }

  /** What stands before the members of a union: those of the last one are forgotten, unless this one is inside it. */
  beforeMembers({ exact }: Scope): string {
    return exact ? "" : "if (hasTried) forget();";
  }

  /**
   * The text that `compile` makes a function of. Once for each program.
   * @param name As for `compile`.
   */
  source(name?: string): string {
    const functions: string[] = [];
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      this.#partsHere = 0;
      functions.push(this.#function(next));
    }
    const whole = this.#convention.whole("f0");
    const constants = [...this.#constants.values()].map((each, i) => `${each} = constants[${i}]`);
    const polluted = [...this.#absent].map((key) => `${quote(key)} in ObjectPrototype`);
    const tried = [...this.#named.exact.values()].map((each) => `${each}tried`);
    return [
      '"use strict";',
      "const ObjectPrototype = Object.prototype, { getPrototypeOf, hasOwn, keys, is, freeze } = Object, { isArray } = Array;",
      constants.length === 0 ? "" : `const ${constants.join(", ")};`,
      tried.length === 0 ? "" : `const ${tried.map((each) => `${each} = new Map()`).join(", ")};`,
      "let hasTried = false;",
      `function forget() { hasTried = false; ${tried.map((each) => `${each}.clear();`).join(" ")} }`,
      ...functions,
      `return (given) => { ${polluted.length === 0 ? "" : `if (${polluted.join(" || ")}) return DOUBT;`}`,
      tried.length === 0 ? `${whole} };` : `try { ${whole} } finally { if (hasTried) forget(); } };`,
      ...(name === undefined ? [] : [sourceUrl(name)]),
    ].join("\n");
  }

  #function({ schema, name, exact }: Pending): string {
    const { code, value } = this.#emit(schema, "given", { no: exact ? "return NO;" : UNSURE, exact, depth: 0 });
    const { also, head } = this.#convention;
    const body = `(given, depth${also}) { if (depth > ${limits.calls}) return DOUBT; ${head()} ${code} return ${value}; }`;
    if (!exact) return `function ${name}${body}`;
    // Several members may hold the same part: it is tried once, or a schema that holds itself would take 2^depth attempts.
    return [
      `function ${name}new${body}`,
      `function ${name}(given, depth) { if (typeof given !== "string" && (typeof given !== "object" || given === null)) return ${name}new(given, depth);`,
      `let found = ${name}tried.get(given); if (found !== undefined || ${name}tried.has(given)) return found;`,
      `found = ${name}new(given, depth); hasTried = true; ${name}tried.set(given, found); return found; }`,
    ].join("\n");
  }

  /**
   * Makes the function. Only where `mayGenerate()`.
   * @param name What stack traces call the source, such as `GET/items/{item_id}`.
   */
  compile(name?: string): Fast {
    const source = this.source(name);
    return generate(source)([...this.#constants.keys()], DOUBT, NO, INVALID) as Fast;
  }
}

/** The only place that makes code of text: whatever a schema's author chose is quoted in it, or a constant beside it. */
export function generate(source: string): (...given: unknown[]) => (...given: never[]) => unknown {
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function("constants", "DOUBT", "NO", "INVALID", source) as ReturnType<typeof generate>;
}

let allowed: boolean | undefined;

/** Whether this platform lets programs generate code: workers and strict content security policies do not. */
export function mayGenerate(): boolean {
  if (allowed === undefined) {
    try {
      allowed = generate("return () => true;")()() === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}

/** An object with these keys, where a variable that is undefined means that its key is not there. */
export function buildObject(
  value: string,
  fields: readonly { readonly key: string; readonly value: string; readonly sure: boolean }[],
): string {
  const whole = (some: typeof fields): string => `{ ${some.map((each) => entry(each.key, each.value)).join(", ")} }`;
  const unsure = fields.filter((each) => !each.sure);
  if (unsure.length === 0) return `const ${value} = ${whole(fields)};`;
  const first = fields.findIndex((each) => !each.sure);
  const put = fields.slice(first).map((each) => {
    // A plain assignment to `__proto__` would set the prototype.
    const assign =
      each.key === "__proto__"
        ? `Object.defineProperty(${value}, ${quote(each.key)}, { value: ${each.value}, enumerable: true, configurable: true, writable: true });`
        : `${value}[${quote(each.key)}] = ${each.value};`;
    return each.sure ? assign : `if (${each.value} !== undefined) ${assign}`;
  });
  const all = unsure.map((each) => `${each.value} !== undefined`).join(" && ");
  return `let ${value}; if (${all}) ${value} = ${whole(fields)}; else { ${value} = ${whole(fields.slice(0, first))}; ${put.join(" ")} }`;
}

/** The value as it is, where a condition holds. */
export function only(condition: string, from: string, { no }: Scope): Emitted {
  return { code: `if (!(${condition})) { ${no} }`, value: from };
}

/** What was made of a value, unless the test holds: then the value stands for itself. */
export function unless(test: string, made: Emitted, from: string, program: Program): Emitted {
  if (made.value === from) return { code: `if (!(${test})) { ${made.code} }`, value: from };
  const value = program.name();
  return { code: `let ${value} = ${from}; if (!(${test})) { ${made.code} ${value} = ${made.value}; }`, value };
}
