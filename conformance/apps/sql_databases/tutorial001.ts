// Heroes in a table of the database. Each request has a session of its own, which writes what it was given when it commits.
import { App, del, depends, get, HTTPException, operationIds, post } from "apus";
import { z } from "zod";

const Hero = z
  .object({
    id: z.int().nullable().default(null),
    name: z.string(),
    age: z.int().nullable().default(null),
    secret_name: z.string(),
  })
  .meta({ id: "Hero" });
type Hero = z.output<typeof Hero>;

/** A table with a primary key that counts up, in memory. */
class HeroTable {
  readonly #rows = new Map<number, Hero>();
  #last = 0;

  nextId(): number {
    return this.#last + 1;
  }

  insert(id: number, hero: Hero): void {
    if (this.#rows.has(id)) throw new Error(`UNIQUE constraint failed: hero.id ${id}`);
    this.#last = Math.max(this.#last, id);
    this.#rows.set(id, hero);
  }

  /** Rows in the order of their keys. */
  select(offset: number, limit: number): Hero[] {
    const rows = [...this.#rows].toSorted(([one], [other]) => one - other).map(([, hero]) => hero);
    return rows.slice(offset, offset + limit);
  }

  get(id: number): Hero | undefined {
    return this.#rows.get(id);
  }

  delete(id: number): void {
    this.#rows.delete(id);
  }
}

/** What one request does with the table: nothing is written before it commits. */
class Session {
  readonly #table: HeroTable;
  #work: (() => void)[] = [];

  constructor(table: HeroTable) {
    this.#table = table;
  }

  select(offset: number, limit: number): Hero[] {
    return this.#table.select(offset, limit);
  }

  get(id: number): Hero | undefined {
    return this.#table.get(id);
  }

  add(hero: Hero): Hero {
    const id = hero.id ?? this.#table.nextId();
    const row = { ...hero, id };
    this.#work.push(() => this.#table.insert(id, row));
    return row;
  }

  delete(id: number): void {
    this.#work.push(() => this.#table.delete(id));
  }

  commit(): void {
    for (const write of this.#work) write();
    this.#work = [];
  }

  rollback(): void {
    this.#work = [];
  }
}

// Made at the start, as the tables of a database are.
const table = depends(() => new HeroTable(), { scope: "app" });

const session = depends({ table }, function* ({ table }) {
  const session = new Session(table);
  try {
    yield session;
  } finally {
    session.rollback();
  }
});

const createHero = post("/heroes/", { input: { hero: Hero, session }, output: Hero }, ({ hero, session }) => {
  const row = session.add(hero);
  session.commit();
  return row;
});

const readHeroes = get(
  "/heroes/",
  { input: { session, offset: z.int().default(0), limit: z.int().lte(100).default(100) }, output: z.array(Hero) },
  ({ session, offset, limit }) => session.select(offset, limit),
);

const readHero = get("/heroes/{hero_id}", { input: { hero_id: z.int(), session }, output: Hero }, (input) => {
  const hero = input.session.get(input.hero_id);
  if (hero === undefined) throw new HTTPException(404, "Hero not found");
  return hero;
});

const deleteHero = del("/heroes/{hero_id}", { input: { hero_id: z.int(), session } }, ({ hero_id, session }) => {
  if (session.get(hero_id) === undefined) throw new HTTPException(404, "Hero not found");
  session.delete(hero_id);
  session.commit();
  return { ok: true };
});

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  lifespan: table,
}).include({ createHero, readHeroes, readHero, deleteHero });
