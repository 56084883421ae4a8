// The picture that the application sends: that of the recording.
import { readFile, writeFile } from "node:fs/promises";

interface Recording {
  readonly cases: readonly { readonly steps: readonly { readonly observed?: { readonly body_base64?: string } }[] }[];
}

const recording = new URL("../../vectors/additional_responses__tutorial004_py310.json", import.meta.url);

export async function setup(): Promise<void> {
  const { cases } = JSON.parse(await readFile(recording, "utf8")) as Recording;
  const [bytes] = cases.flatMap(({ steps }) => steps.flatMap(({ observed }) => observed?.body_base64 ?? []));
  await writeFile("image.png", Buffer.from(bytes!, "base64"));
}
