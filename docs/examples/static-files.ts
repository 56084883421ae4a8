// The files of a directory, under a path.
import { App, staticFiles } from "apus";

const files = staticFiles(new URL("files", import.meta.url), { headers: { "cache-control": "max-age=3600" } });

export const app = new App({ title: "Files" }).mount("/static", files);
