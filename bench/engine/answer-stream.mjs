// The body of an answer that is a stream, written piece by piece as fast as the client takes it.

export class AnswerStream {
  /**
   * @param {import("node:net").Socket} socket
   * @param {ReadableStream<Uint8Array>} body
   * @param {{ length: number | undefined, chunked: boolean }} framing how many bytes were announced, or whether it is in chunks
   */
  constructor(socket, body, { length, chunked }) {
    this.socket = socket;
    this.reader = body.getReader();
    this.announced = length;
    this.chunked = chunked;
    this.stopped = false;
    this.resume = undefined;
  }

  /**
   * Sends all of it. A stream that fails ends the connection: the status has been sent, so nothing else can be said.
   * @returns {Promise<boolean>} whether it was sent to its end
   */
  async send(exchange) {
    const { socket, reader, announced, chunked } = this;
    let size = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (this.stopped) return false;
        if (done) break;
        size += value.byteLength;
        if (size > announced) throw new TypeError(`The stream gave more than the ${announced} bytes announced`);
        if (value.byteLength === 0) continue;
        socket.cork();
        if (chunked) socket.write(`${value.byteLength.toString(16)}\r\n`, "latin1");
        socket.write(value);
        if (chunked) socket.write("\r\n", "latin1");
        socket.uncork();
        if (socket.writableNeedDrain) await new Promise((resolve) => (this.resume = resolve));
      }
      if (size < announced) throw new TypeError(`The stream gave ${size} of the ${announced} bytes announced`);
      if (chunked) socket.write("0\r\n\r\n", "latin1");
      return true;
    } catch (error) {
      if (this.stopped) return false;
      const { course } = exchange;
      if (course.broken === undefined && course.interrupted === undefined) exchange.tell(error);
      course.broken ??= { error };
      void reader.cancel(error).catch(() => {});
      socket.destroy();
      return false;
    }
  }

  /** The client takes more. */
  drained() {
    this.resume?.();
    this.resume = undefined;
  }

  /** The client left. */
  stop() {
    this.stopped = true;
    void this.reader.cancel().catch(() => {});
    this.drained();
  }
}
