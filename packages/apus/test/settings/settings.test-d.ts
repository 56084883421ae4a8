// What the types say of settings: their values, the names that options may have, and what must not compile.
import { App, depends, get, type Dependency } from "apus";
import { settings, type Settings as Declared } from "apus/settings";
import { types, type Secret } from "apus/types";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};
type ScopeOf<D> = D extends Dependency<unknown, unknown, infer S> ? S : never;
type ProvidedBy<D> = D extends Dependency<infer T> ? T : never;

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.email(),
  itemsPerUser: z.int().default(50),
  hosts: z.array(z.string()).default([]),
  marks: types.set(z.int()).optional(),
  level: z.enum(["low", "high"]).optional(),
  db: z.object({ url: types.secret(), poolSize: z.int().default(5) }),
});
interface Values {
  appName: string;
  adminEmail: string;
  itemsPerUser: number;
  hosts: string[];
  marks?: Set<number> | undefined;
  level?: "low" | "high" | undefined;
  db: { url: Secret; poolSize: number };
}

const config = settings(Settings, {
  env: { ADMIN_EMAIL: "a@example.com" },
  envFile: [".env", new URL("file:///etc/app.env")],
  secretsDir: "/run/secrets",
  envPrefix: "APP_",
  envNestedDelimiter: "__",
  caseSensitive: true,
  envIgnoreEmpty: true,
  envParseNoneStr: "null",
  extra: "ignore",
  alias: { adminEmail: ["ADMIN", "ADMIN_EMAIL"], hosts: "HOSTS" },
  split: { hosts: ",", marks: ";" },
});

// ------------------------------------------------------------------------------------------------ values
const values: Values = config.read();
same<ReturnType<typeof config.read>, z.output<typeof Settings>>(true);
same<ProvidedBy<typeof config>, z.output<typeof Settings>>(true);
same<ScopeOf<typeof config>, "app">(true);
same<typeof config, Declared<typeof Settings>>(true);

get("/info", { input: { config } }, ({ config }) => {
  same<typeof config, z.output<typeof Settings>>(true);
  // @ts-expect-error there is no such setting
  return config.nothing as string;
});
// It lives as long as the app, so what lives as long may use it.
depends(
  { config },
  async function* ({ config }) {
    yield config.db.url.value;
  },
  { scope: "app" },
);
export const app = new App({ lifespan: config });

// ------------------------------------------------------------------------------------------------ arguments
config.read({ itemsPerUser: 3, db: { poolSize: 1 }, level: undefined });
config.read(undefined);
config.read({ hosts: values.hosts });
// @ts-expect-error not a number
config.read({ itemsPerUser: "3" });
// @ts-expect-error no such setting
config.read({ nothing: 3 });
// @ts-expect-error no such part
config.read({ db: { size: 3 } });

// ------------------------------------------------------------------------------------------------ options
settings(Settings);
settings(Settings, { env: process.env, envFile: undefined, alias: undefined, split: undefined });
// @ts-expect-error a misspelled option
settings(Settings, { envfile: ".env" });
// @ts-expect-error an alias of no setting
settings(Settings, { alias: { admin: "ADMIN" } });
// @ts-expect-error no list
settings(Settings, { split: { appName: "," } });
// @ts-expect-error unknown keys are not kept
settings(Settings, { extra: "allow" });
