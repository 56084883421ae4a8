// HTML as a finished answer, which the document does not know of.
import { App, get, html, operationIds } from "apus";

const page = `
    <html>
        <head>
            <title>Some HTML in here</title>
        </head>
        <body>
            <h1>Look ma! HTML!</h1>
        </body>
    </html>
    `;

const readItems = get("/items/", () => html(page));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
