// The script that starts ReDoc in the browser. Like that of Swagger UI it is a file of its own, reads its settings from the page's JSON
// block, and is plain ES2015 because nothing compiles it. Only the browser knows what the page is called outside: the button
// for downloading shows the document's address.

/** What `redoc-page.js` answers. */
export const redocPageScript = `"use strict";
(function () {
  var settings = JSON.parse(document.getElementById("apus-settings").textContent);
  var root = document.getElementById("redoc");
  if (typeof Redoc !== "object") {
    var note = document.createElement("p");
    note.textContent =
      "The files of ReDoc could not be loaded from this server. This page's network requests show why; in a checkout of Apus, run: npm run build";
    root.append(note);
    return;
  }
  var openapi = new URL(settings.url, location.href);
  Redoc.init(openapi.origin === location.origin ? openapi.pathname + openapi.search : openapi.href, settings.options, root);
})();
`;
