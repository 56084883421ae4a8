// A request on a connection of node:net as the core of Apus sees requests: the `Incoming` of the exchange's door.
import { BodyReadError } from "../../packages/apus/dist/exchange/index.js";
import { timers } from "../../packages/apus/dist/server/deadlines.js";
import { fieldIn, fieldsOf } from "./request-head.mjs";

export class NetIncoming {
  /**
   * @param {import("./request-head.mjs").head} head what was read of it; taken over, because the record is used again
   * @param {import("./request-body.mjs").Body | undefined} body undefined for a request without one
   * @param {import("./connection.mjs").Connection} connection
   */
  constructor(head, body, connection) {
    this.method = head.method;
    this.target = head.target;
    this.text = head.text;
    this.fields = head.fields;
    this.minor = head.minor;
    this.expects = head.expects;
    this.body = body;
    this.connection = connection;
    this.left = false;
    this.controller = undefined;
  }

  /** Cheaper than the platform's; the same that node:http is served with. */
  get timers() {
    return timers;
  }

  get scheme() {
    return "http";
  }

  /** Asked of the socket when somebody wants to know: most handlers never do. */
  get client() {
    const { remoteAddress: host, remotePort: port } = this.connection.socket;
    if (host === undefined || port === undefined) return null;
    return { host: host.startsWith("::ffff:") && host.includes(".") ? host.slice(7) : host, port };
  }

  get signal() {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.left) this.controller.abort(new BodyReadError("The client left"));
    }
    return this.controller.signal;
  }

  /** The client left before the answer was complete. */
  leave() {
    this.left = true;
    this.controller?.abort(new BodyReadError("The client left"));
    this.body?.fail(new BodyReadError("The request body ended before it was complete"));
  }

  header(name) {
    return fieldIn(this.text, this.fields, name);
  }

  headerLines(name) {
    const lines = [];
    fieldIn(this.text, this.fields, name, lines);
    return lines;
  }

  headers() {
    return fieldsOf(this.text, this.fields);
  }

  read(limit) {
    return new Promise((resolve, reject) => this.collect(limit, resolve, reject));
  }

  collect(limit, done, fail) {
    if (this.body === undefined) return done(new Uint8Array(0));
    if (this.body.length <= limit) this.askForBody();
    this.body.collect(limit, done, fail);
  }

  utf8(bytes) {
    const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return buffer.utf8Slice(0, buffer.length);
  }

  chunks(limit) {
    if (this.body === undefined) return { [Symbol.asyncIterator]: () => noPieces };
    if (this.body.length <= limit) this.askForBody();
    return this.body.stream(limit);
  }

  /** The client waits for a word before it sends the body; it gets it when somebody reads. */
  askForBody() {
    if (!this.expects) return;
    this.expects = false;
    this.connection.flush();
    this.connection.socket.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
  }
}

const end = Promise.resolve({ done: true, value: undefined });
const noPieces = { next: () => end, return: () => end };
