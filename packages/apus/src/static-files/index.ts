/** The room of static files: directories of files under a path, and the front ends that are built into them. */
export { frontEndKind, type Fallback } from "./front-end.ts";
export { ServedDirectory, type DirectoryOptions } from "./served-directory.ts";
export {
  isStaticFiles,
  staticFiles,
  type ServesFiles,
  type StaticFiles,
  type StaticFilesOptions,
} from "./static-files.ts";
