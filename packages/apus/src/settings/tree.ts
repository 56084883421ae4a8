/** Settings while they are gathered: a tree that knows of every value which variable it came from. */

/** Where a value was found. */
export interface Origin {
  /** The variable as it is written where it was found. */
  readonly name: string;
  /** `environment`, `.env line 4`, `secrets file secrets/db_url`, … */
  readonly where: string;
}

interface Leaf {
  readonly kind: "leaf";
  readonly value: unknown;
  /** Undefined for a default. */
  readonly origin: Origin | undefined;
  /** What is wrong with the variable itself, so that there is no value. */
  readonly fault?: string | undefined;
}

export interface Branch {
  readonly kind: "branch";
  readonly children: Map<string, Node>;
  /** Undefined where it was made by the variables of its children. */
  readonly origin: Origin | undefined;
}

export type Node = Leaf | Branch;

export const leaf = (value: unknown, origin: Origin | undefined): Leaf => ({ kind: "leaf", value, origin });
export const faulty = (fault: string, origin: Origin): Leaf => ({ kind: "leaf", value: undefined, origin, fault });
export const branch = (origin?: Origin): Branch => ({ kind: "branch", children: new Map(), origin });

/** The stronger over the weaker: objects key by key, anything else as a whole. */
export function merged(weaker: Node | undefined, stronger: Node): Node {
  if (weaker === undefined) return stronger;
  if (weaker.kind === "leaf") return weaker.fault !== undefined && stronger.kind === "branch" ? weaker : stronger;
  if (stronger.kind === "leaf") return stronger;
  const children = new Map(weaker.children);
  for (const [key, node] of stronger.children) children.set(key, merged(children.get(key), node));
  return { kind: "branch", children, origin: stronger.origin ?? weaker.origin };
}

/** Puts what a variable of a part says into a branch, over what the variables of the whole said. */
export function put(into: Branch, [key, ...rest]: readonly string[], node: Node): void {
  if (key === undefined) return;
  const there = into.children.get(key);
  if (rest.length === 0) into.children.set(key, merged(there, node));
  else if (there?.kind === "branch") put(there, rest, node);
  // A variable that should hold parts and does not is wrong, whatever its parts say. Null holds nothing.
  else if (there === undefined || (there.value === null && there.fault === undefined)) {
    const inner = branch();
    into.children.set(key, inner);
    put(inner, rest, node);
  }
}

/** What stands at a place, or undefined. */
export function nodeAt(root: Node, path: readonly (string | number)[]): Node | undefined {
  let at: Node | undefined = root;
  for (const step of path) at = at?.kind === "branch" ? at.children.get(String(step)) : undefined;
  return at;
}

/** The plain value, faults left out. */
export function valueOf(node: Node): unknown {
  if (node.kind === "leaf") return node.value;
  // fromEntries defines keys, so that `__proto__` is one like any other.
  return Object.fromEntries([...node.children].map(([key, child]) => [key, valueOf(child)]));
}

/** Every leaf of a tree, with its place. */
export function* leavesOf(node: Node, path: readonly string[] = []): Generator<readonly [Leaf, readonly string[]]> {
  if (node.kind === "leaf") yield [node, path];
  else for (const [key, child] of node.children) yield* leavesOf(child, [...path, key]);
}

/** Whether an object is one that a literal or JSON makes, and not a value of a class. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
