// Runs recordings against the applications that exist and gathers the judgements.
import { rules as allRules } from "../rules/index.ts";
import type { Rule } from "../rules/index.ts";
import { applicationFile, isMeant, readRecordings } from "./load.ts";
import { runCase } from "./run-case.ts";
import type { StepResult } from "./run-case.ts";

export interface RunOptions {
  /** The directories of the vectors and of the applications. */
  readonly vectors: string;
  readonly applications: string;
  /** Folders or files to run; all when there are none. */
  readonly only?: readonly string[];
  readonly rules?: readonly Rule[];
}

/** The results of one vector file whose application exists. */
export interface FileResult {
  readonly vector: string;
  readonly folder: string;
  readonly application: string;
  readonly steps: readonly StepResult[];
}

export interface RunResult {
  readonly files: readonly FileResult[];
  /** The vector files that were meant but have no application yet. */
  readonly missing: readonly string[];
}

/**
 * Runs all cases one after the other, because they set the environment and the working directory.
 *
 * @throws Error if a vector is not in the format, or if a word of `only` means nothing.
 */
export async function runConformance(options: RunOptions): Promise<RunResult> {
  const { only = [], rules = allRules } = options;
  const recordings = readRecordings(options.vectors);
  const idle = only.filter((word) => !recordings.some((recording) => isMeant(recording, [word])));
  if (idle.length > 0) throw new Error(`no vector file or folder is named ${idle.join(" or ")}; see vectors/INDEX.md`);

  const files: FileResult[] = [];
  const missing: string[] = [];
  for (const recording of recordings.filter((one) => isMeant(one, only))) {
    const file = applicationFile(recording, options.applications);
    if (file === undefined) {
      missing.push(recording.name);
      continue;
    }
    const steps: StepResult[] = [];
    for (const recorded of recording.vector.cases)
      steps.push(
        ...(await runCase({ vectorName: recording.name, recorded, file, directory: options.applications, rules })),
      );
    files.push({ vector: recording.name, folder: recording.folder, application: file, steps });
  }
  return { files, missing };
}
