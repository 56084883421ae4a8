// What is installed with the package, and how it is published: few parts, none that runs on installing, all of known content.
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly bundleDependencies?: readonly string[];
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly files?: readonly string[];
}
interface Locked {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const manifest = JSON.parse(read("packages/apus/package.json")) as Manifest;
const { packages } = JSON.parse(read("package-lock.json")) as { readonly packages: Readonly<Record<string, Locked>> };

/** What comes with the package: its dependencies, and theirs. */
function installed(names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    installed(Object.keys(packages[`node_modules/${name}`]!.dependencies ?? {}), found);
  }
  return found;
}
const parts = [...installed(Object.keys(manifest.dependencies ?? {}))].sort();

describe("the package", () => {
  test("row 52: brings two others and nothing behind them", () => {
    expect(parts).toEqual(["citty", "ws"]);
    expect(manifest.optionalDependencies ?? {}).toEqual({});
    expect(manifest.bundleDependencies ?? []).toEqual([]);
  });

  test("row 52: asks for them by exact version", () => {
    for (const version of Object.values(manifest.dependencies ?? {})) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("row 52: runs nothing when it is installed, and neither does anything it brings", () => {
    const onInstall = /^(?:pre|post)?(?:install|prepare)$|^preprepare$|^postprepare$/;
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => onInstall.test(name))).toEqual([]);
    for (const name of parts) expect(packages[`node_modules/${name}`]!.hasInstallScript ?? false).toBe(false);
  });

  test("row 52: the content of every package that the repository installs is known beforehand", () => {
    for (const lock of ["package-lock.json", "matrix/package-lock.json"]) {
      const locked = (JSON.parse(read(lock)) as { readonly packages: Readonly<Record<string, Locked>> }).packages;
      const strange = Object.entries(locked).filter(
        ([path, { integrity, link, resolved = "" }]) =>
          path.includes("node_modules/") &&
          link !== true &&
          (integrity?.startsWith("sha512-") !== true || /^(?!https:)\w+:/.test(resolved)),
      );
      expect(strange).toEqual([]);
    }
  });

  test("row 52: is published with a statement of where it was built", () => {
    expect(manifest.publishConfig).toEqual({ access: "public", provenance: true });
    expect(manifest.files).not.toContain(".");
  });
});

describe("workflows", () => {
  const folder = new URL(".github/workflows/", root);
  const workflows = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const);

  test.each(workflows)("row 52: %s uses actions by commit, and may do nothing by default", (_, text) => {
    const uses = [...text.matchAll(/uses: *(\S+)/g)].map(([, action]) => action!);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(text).not.toMatch(/pull_request_target/);
  });

  test("row 52: what is published was judged, has no known holes, and comes with a list of its parts", () => {
    const steps = new Map(workflows).get("release.yml")!.split(/\n {6}- /);
    const at = (text: string): number => steps.findIndex((step) => step.includes(text));
    const order = ["bash .ci/run", "npm audit", "npm sbom", "publish --workspace apus --provenance"].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});
