// The style sheet that stands beside the recorded application.
import { mkdir, writeFile } from "node:fs/promises";

export async function setup(): Promise<void> {
  await mkdir("static");
  await writeFile("static/styles.css", "h1 {\n    color: green;\n}\n");
}
