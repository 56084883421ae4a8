/** How much of a form is read. All limits are on, and hold while it arrives. */
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";

/** The option `formLimits` of an App, a router or an operation; what is left out is what the next one outside says. */
export interface FormLimitOptions {
  /** Most files. Default: 1,000. Answered with 400. */
  readonly maxFiles?: number | undefined;
  /** Most fields that are no files. Default: 1,000. Answered with 400. */
  readonly maxFields?: number | undefined;
  /** Largest field, in bytes. Default: 1 MiB. Answered with 400. */
  readonly maxPartSize?: number | undefined;
  /** All fields of a multipart form together, in bytes. Default: 32 MiB. Answered with 413. */
  readonly maxFieldsSize?: number | undefined;
  /** Largest file, in bytes. Default: `bodyLimit`, which holds for all of the form: raise both. Answered with 413. */
  readonly maxFileSize?: number | undefined;
  /** The headers of one part, in bytes; there are 8 of them at most. Default: 8 KiB; 64 KiB at most. Answered with 400. */
  readonly maxPartHeaderSize?: number | undefined;
  /** As many bytes of its files as one request may keep in memory; what is more goes to temporary files. Default: 1 MiB. */
  readonly spoolSize?: number | undefined;
}

/** The same, complete. */
export type FormLimits = { readonly [K in keyof FormLimitOptions]-?: number };

const names: OptionNames<FormLimitOptions> = {
  maxFiles: true,
  maxFields: true,
  maxPartSize: true,
  maxFieldsSize: true,
  maxFileSize: true,
  maxPartHeaderSize: true,
  spoolSize: true,
};

/** What is larger is most likely a slip, and would be no protection. A file may be as large as a body may. */
const largest: FormLimits = {
  maxFiles: 1_000_000,
  maxFields: 1_000_000,
  // A text of JavaScript has its limit not far above.
  maxPartSize: 256 * 1024 * 1024,
  maxFieldsSize: 1024 * 1024 * 1024,
  maxFileSize: Number.MAX_SAFE_INTEGER,
  maxPartHeaderSize: 64 * 1024,
  spoolSize: 1024 * 1024 * 1024,
};

export const usualLimits: FormLimits = {
  maxFiles: 1000,
  maxFields: 1000,
  maxPartSize: 1024 * 1024,
  maxFieldsSize: 32 * 1024 * 1024,
  maxFileSize: Number.MAX_SAFE_INTEGER,
  maxPartHeaderSize: 8 * 1024,
  spoolSize: 1024 * 1024,
};

/**
 * @param said Outermost first.
 * @throws ApusError for a limit that there is not, and for one that is no number or far too large: it would silently be none.
 */
export function formLimitsOf(said: readonly (FormLimitOptions | undefined)[], label: string): FormLimits {
  let limits = usualLimits;
  for (const options of said) {
    if (options === undefined) continue;
    checkOptionNames(`${label}: formLimits`, options, names);
    for (const [name, value] of Object.entries(options) as [keyof FormLimits, number | undefined][]) {
      if (value === undefined) continue;
      if (!Number.isSafeInteger(value) || value < 0) {
        throw new ApusError(
          `APUS_LIMIT: ${label}: formLimits.${name} is ${String(value)}; give a whole number, 0 or more.`,
        );
      }
      if (value > largest[name]) {
        throw new ApusError(
          `APUS_LIMIT: ${label}: formLimits.${name} is ${value}; it can be ${largest[name]} at most.`,
        );
      }
      limits = { ...limits, [name]: value };
    }
  }
  return limits;
}
