// HTML as a finished answer, which the document knows of.
import { App, get, html, operationIds } from "apus";

function generateHtmlResponse() {
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
  return html(page);
}

const readItems = get("/items/", { as: html }, generateHtmlResponse);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
