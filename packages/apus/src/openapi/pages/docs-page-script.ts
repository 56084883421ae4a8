// The script that starts Swagger UI in the browser. It is a file of its own, so that the page needs no inline script, and it reads its
// settings from the page's JSON block. It is plain ES2015 because nothing compiles it, and its comments stand here because it travels
// with the core:
// - addresses: only the browser knows what the page is called outside. The document's is shown on the page, and an authorization
//   server is told a full one.
// - pathsAreNoLinks: an operation's path is a link inside a button, which assistive technology cannot tell apart. Without an address
//   it is no link.
// - keysAreCookies: scripts cannot send a cookie by hand. A key that belongs in one is put there, until its owner logs out or the
//   browser is closed.
// - names: what Swagger UI leaves without a name, or (null) names by other words than it shows.
// - dialog: each scheme's field takes the focus as the dialog opens, and the last one would keep it.

/** What `docs-page.js` answers. */
export const docsPageScript = `"use strict";
(function () {
  var settings = JSON.parse(document.getElementById("apus-settings").textContent);
  var ui = settings.ui;
  var root = document.getElementById("swagger-ui");
  if (typeof SwaggerUIBundle !== "function") {
    var note = document.createElement("p");
    note.textContent =
      "The files of Swagger UI could not be loaded. This page's network requests show why; in a checkout of Apus, run: npm run build";
    root.append(note);
    return;
  }
  if (ui.url) {
    var openapi = new URL(ui.url, location.href);
    ui.url = openapi.origin === location.origin ? openapi.pathname + openapi.search : openapi.href;
  }
  if (ui.oauth2RedirectUrl) ui.oauth2RedirectUrl = new URL(ui.oauth2RedirectUrl, location.href).href;
  ui.presets = [SwaggerUIBundle.presets.apis];
  function pathsAreNoLinks(system) {
    return {
      wrapComponents: {
        DeepLink: function (Link) {
          return function (props) {
            var isTag = typeof props.text === "string";
            return system.React.createElement(Link, isTag ? props : Object.assign({}, props, { enabled: false }));
          };
        },
      },
    };
  }
  function setCookie(scheme, value) {
    var declared = scheme && scheme.toJS ? scheme.toJS() : scheme;
    if (!declared || declared.type !== "apiKey" || declared.in !== "cookie" || /;/.test(value)) return;
    var rest = "; path=/; samesite=strict" + (location.protocol === "https:" ? "; secure" : "");
    document.cookie = declared.name + "=" + value + rest + (value === "" ? "; max-age=0" : "");
  }
  function keysAreCookies() {
    var actions = {
      authorize: function (authorize) {
        return function (given) {
          Object.values(given).forEach(function (each) {
            setCookie(each.schema, each.value || "");
          });
          return authorize(given);
        };
      },
      logout: function (logout, system) {
        return function (names) {
          names.forEach(function (name) {
            setCookie(system.authSelectors.authorized().getIn([name, "schema"]), "");
          });
          return logout(names);
        };
      },
    };
    return { statePlugins: { auth: { wrapActions: actions } } };
  }
  ui.plugins = [pathsAreNoLinks, keysAreCookies].concat(ui.plugins || []);
  var names = { ".close-modal": "Close", ".body-param__text": "Request body", ".modal-btn.authorize": null };
  var dialog = null;
  new MutationObserver(function () {
    for (var selector in names) {
      root.querySelectorAll(selector).forEach(function (element) {
        if (element.ariaLabel !== names[selector]) element.ariaLabel = names[selector];
      });
    }
    var opened = root.querySelector(".modal-ux");
    if (opened !== dialog && opened) (opened.querySelector("input") || opened.querySelector("button")).focus();
    dialog = opened;
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function followScheme() {
    document.documentElement.classList.toggle("dark-mode", dark.matches);
  }
  dark.addEventListener("change", followScheme);
  followScheme();
  var page = SwaggerUIBundle(ui);
  if (settings.initOAuth) page.initOAuth(settings.initOAuth);
})();
`;
