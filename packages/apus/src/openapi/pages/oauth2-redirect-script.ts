// The script of the page to which an authorization server sends the browser back. It hands the answer to the documentation page that
// opened the window. Swagger UI ships one too; this one refuses an answer whose `state` is not the one that was sent, instead of
// only warning of it. Plain ES2015, because nothing compiles it. The code flow answers in the query, the implicit
// flow in the fragment.

/** What `oauth2-redirect.js` answers. */
export const oauth2RedirectScript = `"use strict";
(function () {
  var opener = window.opener;
  var sent = opener && opener.swaggerUIRedirectOauth2;
  if (!sent) {
    document.body.textContent = "Open this page by signing in on the documentation page.";
    return;
  }
  var answer = Object.fromEntries(new URLSearchParams(location.hash.length > 1 ? location.hash.slice(1) : location.search));
  var auth = sent.auth;
  function fail(message) {
    sent.errCb({ authId: auth.name, source: "auth", level: "error", message: message });
  }
  if (!answer.state || answer.state !== sent.state) {
    fail("The answer of the authorization server does not belong to this sign-in: its state is another one.");
  } else if (answer.error) {
    fail([answer.error, answer.error_description, answer.error_uri].filter(Boolean).join(": "));
  } else if (/^(accessCode|authorization_?code)$/i.test(auth.schema.get("flow"))) {
    if (answer.code) {
      delete sent.state;
      auth.code = answer.code;
      sent.callback({ auth: auth, redirectUrl: sent.redirectUrl });
    } else fail("The authorization server sent no code.");
  } else {
    sent.callback({ auth: auth, token: answer, isValid: true, redirectUrl: sent.redirectUrl });
  }
  window.close();
})();
`;
