/** The multipart room: forms with files, taken apart while they arrive. */
export { FormError, tooLarge, tooMany } from "./form-error.ts";
export { formLimitsOf, usualLimits, type FormLimitOptions, type FormLimits } from "./form-limits.ts";
export { readMultipart, type MultipartForm } from "./read-multipart.ts";
export { Upload } from "./upload.ts";
