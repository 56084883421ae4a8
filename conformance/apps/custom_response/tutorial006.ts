// A redirect as a finished answer.
import { App, get, operationIds, redirect } from "apus";

const redirectTyper = get("/typer", () => redirect("https://typer.tiangolo.com"));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  redirectTyper,
});
