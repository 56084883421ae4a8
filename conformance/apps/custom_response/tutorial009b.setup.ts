// The file that the application sends.
import { writeFile } from "node:fs/promises";

export const setup = () => writeFile("large-video-file.mp4", "Fake video bytes");
