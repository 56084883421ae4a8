// What stands for a database in docs/examples/dependencies.ts.

/** What was asked of it, for the tests. */
export const statements: string[] = [];

class Transaction {
  readonly #notes: string[];
  #began = false;
  #added: string[] = [];

  constructor(notes: string[]) {
    this.#notes = notes;
  }

  #run(statement: string): void {
    if (!this.#began) statements.push("begin");
    this.#began = true;
    statements.push(statement);
  }

  async userOf(token: string): Promise<{ name: string; scopes: string[] }> {
    this.#run("select user");
    return { name: token, scopes: token === "ada" ? ["notes:write"] : [] };
  }
  async notes({ skip, limit }: { skip: number; limit: number }): Promise<string[]> {
    this.#run("select notes");
    return this.#notes.slice(skip, skip + limit);
  }
  async add(note: string): Promise<string> {
    this.#run("insert");
    this.#added.push(note);
    return note;
  }
  async pause(): Promise<void> {
    await this.commit();
  }
  async commit(): Promise<void> {
    this.#end("commit");
    this.#notes.push(...this.#added.splice(0));
  }
  async rollback(): Promise<void> {
    this.#end("rollback");
    this.#added = [];
  }
  #end(how: string): void {
    if (this.#began) statements.push(how);
    this.#began = false;
  }
}

export interface Pool {
  transaction(): Transaction;
  close(): Promise<void>;
}

export async function openPool(): Promise<Pool> {
  statements.push("open");
  const notes: string[] = [];
  return { transaction: () => new Transaction(notes), close: async () => void statements.push("close") };
}
