// What follows the answers of a connection, each run once: when its answer has gone out, or cannot.

export class Following {
  waiting = new Set();

  add(after) {
    this.waiting.add(after);
  }

  run(after) {
    if (!this.waiting.delete(after)) return;
    after().catch((error) => console.error("work after an answer failed\n", error));
  }

  runAll() {
    for (const after of this.waiting) this.run(after);
  }
}
