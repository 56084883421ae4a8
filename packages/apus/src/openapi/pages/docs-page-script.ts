// The script that starts Swagger UI in the browser. It is a file of its own, so that the page needs no inline script, and it reads its
// settings from the page's JSON block. It is plain ES2015 because nothing compiles it.

/** What `docs-page.js` answers. */
export const docsPageScript = `"use strict";
(function () {
  var settings = JSON.parse(document.getElementById("apus-docs").textContent);
  var ui = settings.ui;
  document.body.style.margin = "0";
  if (typeof SwaggerUIBundle !== "function") {
    var note = document.createElement("p");
    note.textContent =
      "The files of Swagger UI could not be loaded from this server. This page's network requests show why; in a checkout of Apus, run: npm run build";
    document.getElementById("swagger-ui").append(note);
    return;
  }
  // only the browser knows what this page is called outside: the document's address is shown on it, and an authorization server is told a full one
  if (ui.url) {
    var openapi = new URL(ui.url, location.href);
    ui.url = openapi.origin === location.origin ? openapi.pathname + openapi.search : openapi.href;
  }
  if (ui.oauth2RedirectUrl) ui.oauth2RedirectUrl = new URL(ui.oauth2RedirectUrl, location.href).href;
  ui.presets = [SwaggerUIBundle.presets.apis];
  var page = SwaggerUIBundle(ui);
  if (settings.initOAuth) page.initOAuth(settings.initOAuth);
})();
`;
