/** Why a form was refused while it was read, in FastAPI's words where it has any. */

/** Answered with its status and its message, where nobody catches it. */
export class FormError extends Error {
  override readonly name = "FormError";
  readonly status: 400 | 413;

  constructor(status: 400 | 413, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** For what is no multipart body. */
export function invalid(): FormError {
  return new FormError(400, "There was an error parsing the body");
}

export function tooMany(what: "fields" | "files", most: number): FormError {
  return new FormError(400, `Too many ${what}. Maximum number of ${what} is ${most}.`);
}

/** @param what "Part" of a multipart form, "Field" of an urlencoded one. */
export function tooLarge(what: "Part" | "Field", most: number): FormError {
  return new FormError(400, `${what} exceeded maximum size of ${Math.trunc(most / 1024)}KB.`);
}
