// A file, by its path alone.
import { App, get, operationIds, sendFile } from "apus";

const path = "large-video-file.mp4";

const main = get("/", { as: sendFile }, () => path);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ main });
