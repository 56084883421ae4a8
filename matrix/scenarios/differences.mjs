// What is known to come out otherwise on a runtime, test by test, and why. Anything else that fails fails the matrix, and so does a difference
// that is none any more.

/**
 * @typedef {object} Difference
 * @property {RegExp} runtime
 * @property {string} file Below packages/apus/test.
 * @property {RegExp} test What the full name of the test contains.
 * @property {string} why
 * @property {boolean} [sometimes] It depends on what comes first, so that it need not be seen.
 */

/** @type {readonly Difference[]} */
export const differences = [
  // Bun takes its own WebSockets wherever a program imports `ws`.
  {
    runtime: /^Bun /,
    file: "websockets/wire-handshake.test.ts",
    test: /^engine node:http headers of the answer: cookies each in their line/,
    why: "other headers stand between them",
  },
  {
    runtime: /^Bun /,
    file: "websockets/wire-turn.test.ts",
    test: /^engine node:http behind an answer that is still to be sent it is not read/,
    why: "Bun hands over a pipelined handshake at once",
  },
  {
    runtime: /^Bun /,
    file: "websockets/wire-frames.test.ts",
    test: /^engine node:http more fragments than any message has/,
    why: "another code for the end of the connection",
  },
  // Bun's fetch, Request, Response and FormData.
  {
    runtime: /^Bun /,
    file: "answers/replies.test.ts",
    test: /^Web Responses \(\w+\) status, headers, several Set-Cookie lines/,
    why: "a Response made of a text has no Content-Type until Bun's own server sends it",
  },
  {
    runtime: /^Bun /,
    file: "client/failed-fetch.test.ts",
    test: /^the platform's fetch (?:by default|named|wrapped): refused, and broken off/,
    why: "other words for a connection that broke",
  },
  {
    runtime: /^Bun /,
    file: "client/options.test.ts",
    test: /^(?:a body where the platform allows none is refused|credentials reach the request)/,
    why: "a Request may have a body with GET, and does not know `credentials`",
  },
  {
    runtime: /^Bun /,
    file: "testing/fetch.test.ts",
    test: /^keeps and sends the client's cookies, unless they are to be omitted/,
    why: "a Request does not know `credentials`",
  },
  { runtime: /^Bun /, file: "testing/requests.test.ts", test: /^bodies FormData/, why: "another form of boundary" },
  {
    runtime: /^Bun /,
    file: "uploads/clients.test.ts",
    test: /^(?:the typed client sends blobs, bytes and streams|the test client sends files by name)/,
    why: "a Blob of `text/plain` has a charset that nobody gave it",
  },
  {
    runtime: /^Bun /,
    file: "streams/leaving.test.ts",
    test: /^a server that closes ends those that do not when the time to drain is up/,
    why: "other words for a connection that broke",
  },
  {
    runtime: /^Bun /,
    file: "streams/client.test.ts",
    test: /a stream that breaks off/,
    why: "a connection that breaks soon enough is one without an answer",
    sometimes: true,
  },
  {
    runtime: /^Bun /,
    file: "streams/back-pressure.test.ts",
    test: /^a client that does not read holds the producer, and one that reads lets it go on \(compressed\)/,
    why: "after thousands of tests in one process Bun's client reads on although it was paused; alone it does not",
    sometimes: true,
  },
  // What the tests ask of Node or V8 alone.
  {
    runtime: /^Bun /,
    file: "streams/keep-alive.test.ts",
    test: /^a stream without events needs no more memory/,
    why: "counts what is in V8's memory",
  },
  {
    runtime: /^Bun /,
    file: "middleware/replaced-headers.test.ts",
    test: /^an object in place of the headers is a reported 500/,
    why: "the message of the TypeError is the engine's",
  },
  {
    runtime: /^Bun /,
    file: "security/generated-code.test.ts",
    test: /^row 42: (?:the text |requests make no code)/,
    why: "modules keep the `Function` they were compiled with, so the test sees nothing of what is generated",
  },
  {
    runtime: /^Bun /,
    file: "security/matching.test.ts",
    test: /^row 19: fifty thousand paths/,
    why: "starts Node with the options that show its memory",
  },
  {
    runtime: /^Bun /,
    file: "security/framing.test.ts",
    test: /^framing row 49: in production a Node line without fixes is told of/,
    why: "Bun is no line of Node",
  },
  {
    runtime: /^Bun /,
    file: "server/proxies.test.ts",
    test: /^a Node line without fixes is worth a warning in production/,
    why: "Bun is no line of Node",
  },
  {
    runtime: /^Bun /,
    file: "server/engine.test.ts",
    test: /^engine node:http, /,
    why: "Bun's `node:http` tells nobody of its requests",
  },
];
