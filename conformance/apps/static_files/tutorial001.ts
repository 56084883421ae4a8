// Files of a directory under a prefix.
import { App, staticFiles } from "apus";

export const app = new App({ title: "FastAPI", version: "0.1.0" });

app.mount("/static", staticFiles("static"));
