/** Joins what somebody wrote with the part of the document that it adds to, as FastAPI does. */

type Part = Readonly<Record<string, unknown>>;

/** Objects key by key, lists end to end; of everything else the later counts. Neither part is changed. */
export function joined(one: Part, other: Part): Record<string, unknown> {
  const found: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other))
    found[key] = Object.hasOwn(one, key) ? both(one[key], value) : value;
  return found;
}

function both(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return [...(one as unknown[]), ...(other as unknown[])];
  return isPart(one) && isPart(other) ? joined(one, other) : other;
}

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
