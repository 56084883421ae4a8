// `.env` files and secret files as they are found on machines: links of Kubernetes, pipes, other encodings, missing rights.
import { settings, SettingsError, type SettingsOptions } from "apus/settings";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

const Settings = z.object({
  token: z.string().default("default"),
  db: z.object({ url: z.string().default("u"), size: z.int().default(5) }),
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apus-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (options: SettingsOptions<typeof Settings>): z.output<typeof Settings> =>
  settings(Settings, { env: {}, envNestedDelimiter: "__", ...options }).read();

/** What is wrong, without the path of the test's own folder. */
function complaints(options: SettingsOptions<typeof Settings>): string[] {
  try {
    read(options);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message
      .split("\n")
      .filter((line) => line.startsWith("  "))
      .map((line) => line.trim().replaceAll(join(folder, "/"), ""));
  }
  return [];
}

describe(".env files", () => {
  const file = (name: string, text: string | Uint8Array): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test("of which the later are stronger, and the missing ones passed over", () => {
    const envFile = [file(".env", "TOKEN=1\nDB__SIZE=1"), join(folder, "none"), file(".env.local", "TOKEN=2\n")];
    expect(read({ envFile })).toEqual({ token: "2", db: { url: "u", size: 1 } });
    expect(read({ envFile: pathToFileURL(envFile[0]!) }).token).toBe("1");
    expect(read({ envFile, env: { TOKEN: "3" } }).token).toBe("3");
  });

  test("are shown relative to the working directory", () => {
    const shown = new URL("no-such-folder/../package.json", pathToFileURL(`${process.cwd()}/`));
    expect(() => read({ envFile: shown })).toThrow(/\n {2}package\.json line 1: is no line of the form NAME=value/);
  });

  test.each<[string, string | Uint8Array, string[]]>([
    ["a byte order mark", "\uFEFFTOKEN=1", []],
    ["Windows' line ends", "# c\r\nTOKEN='1'\r\n", []],
    ["UTF-16", Buffer.from("\uFEFFTOKEN=1", "utf16le"), [".env: is not UTF-8; save it as such"]],
    ["Latin-1", Buffer.from("TOKEN=ä", "latin1"), [".env: is not UTF-8; save it as such"]],
    [
      "lines that say nothing",
      "TOKEN\n=1\nTOKEN=1 # 2\n'",
      [".env line 1", ".env line 2", ".env line 4"].map((line) => `${line}: is no line of the form NAME=value`),
    ],
    [
      "a name that is none",
      "TOKN=1",
      ['TOKN (.env line 1): is no setting; correct the name, or say extra: "ignore" if others read this file too'],
    ],
    [
      "a name that leads nowhere",
      "DB__SISE=1",
      ['DB__SISE (.env line 1): is no setting; correct the name, or say extra: "ignore" if others read this file too'],
    ],
    [
      "a pasted key",
      "MIIEvQIBADANBgkqhkiG9w0BAQ==",
      ['.env line 1: is no setting; correct the name, or say extra: "ignore" if others read this file too'],
    ],
    ["names that others refer to", "HOST=h\nTOKEN=${HOST}", []],
    [
      "a reference to nothing",
      "\nTOKEN=${HOST}",
      [
        "TOKEN (.env line 2): refers with ${…} to a variable that is set neither above it nor in the environment; `${NAME:-}` allows that, and in single quotes it is text",
      ],
    ],
    ["a wrong value", "\n\nDB__SIZE=x", ["DB__SIZE (.env line 3): should be a valid integer"]],
    ["an empty name of a setting", "TOKEN=", []],
  ])("with %s", (_, text, said) => expect(complaints({ envFile: file(".env", text) })).toEqual(said));

  test("pass over empty texts and other programs' names where that is said", () => {
    expect(read({ envFile: file(".env", "TOKEN=\nDB__SIZE=\nDB={}\n"), envIgnoreEmpty: true })).toEqual({
      token: "default",
      db: { url: "u", size: 5 },
    });
    expect(read({ envFile: file(".env", "OTHER=1\nTOKEN=2"), extra: "ignore" }).token).toBe("2");
    expect(read({ envFile: file(".env", "OTHER=1\nAPP_TOKEN=2"), envPrefix: "APP_" }).token).toBe("2");
    expect(complaints({ envFile: file(".env", "OTHER=1\nAPP_TOKN=2"), envPrefix: "APP_" })).toEqual([
      expect.stringMatching(/^APP_TOKN \(\.env line 2\)/),
    ]);
  });

  test("that are none", () => {
    expect(complaints({ envFile: folder })).toEqual([`${folder}: is a directory, not a file`]);
    const large = file("large", "");
    truncateSync(large, 1_048_577);
    expect(complaints({ envFile: large })).toEqual(["large: is larger than 1024 KiB"]);
    symlinkSync("circle", join(folder, "circle"));
    expect(complaints({ envFile: join(folder, "circle") })).toEqual(["circle: is a link that leads in a circle"]);
  });

  test("references make no more of a file than a file may be", () => {
    const doubling = ["V0=0123456789abcdef", ...Array.from({ length: 40 }, (_, i) => `V${i + 1}=\${V${i}}\${V${i}}`)];
    const envFile = file(".env", `${doubling.join("\n")}\nTOKEN=\${V40}\n`);
    expect(complaints({ envFile, extra: "ignore" })).toEqual([
      "TOKEN (.env line 42): refers with ${…} to so much that the file would be larger than 1024 KiB",
    ]);
    // Many that are just short enough add up as well.
    const many = Array.from({ length: 40 }, (_, i) => `W${i}=\${LONG}`);
    const added = file("many.env", `LONG=${"x".repeat(30_000)}\n${many.join("\n")}\nTOKEN=\${W39}\nDB__URL=\${W0}\n`);
    expect(complaints({ envFile: added, extra: "ignore" })).toEqual([
      "TOKEN (many.env line 42): refers with ${…} to so much that the file would be larger than 1024 KiB",
      "DB__URL (many.env line 43): refers with ${…} to so much that the file would be larger than 1024 KiB",
    ]);
    expect(read({ envFile: file("few.env", "A=abc\nTOKEN=${A}${A}\n"), extra: "ignore" }).token).toBe("abcabc");
  });

  test.skipIf(process.platform === "win32")("may be pipes, as password managers offer them", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const writer = spawn("sh", ["-c", 'printf "TOKEN=from-a-pipe" > "$0"', pipe]);
    expect(read({ envFile: pipe }).token).toBe("from-a-pipe");
    await new Promise((resolve) => writer.once("close", resolve));
  });
});

describe("secret files", () => {
  const secret = (path: string, text: string | Uint8Array): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const secretsDir = (): string => join(folder, "secrets");

  test("are one a variable, parts included", () => {
    secret("secrets/token", "t0ken\n");
    secret("secrets/DB__URL", "  postgres://\r\n");
    secret("secrets/unrelated", "x");
    expect(read({ secretsDir: secretsDir() })).toEqual({ token: "t0ken", db: { url: "postgres://", size: 5 } });
    expect(read({ secretsDir: secretsDir(), env: { TOKEN: "env" } }).token).toBe("env");
    secret("more/token", "later");
    expect(read({ secretsDir: [secretsDir(), join(folder, "more")] }).token).toBe("later");
  });

  test("of a directory that is not there are none", () => {
    expect(read({ secretsDir: secretsDir() }).token).toBe("default");
    secret("secrets", "x");
    expect(complaints({ secretsDir: secretsDir() })).toEqual(["secrets: is no directory"]);
  });

  test("may be links inside the directory, as Kubernetes makes them, and the directory a link", () => {
    secret("secrets/..2026_01_01/token", "linked");
    symlinkSync("..2026_01_01", join(secretsDir(), "..data"));
    symlinkSync("..data/token", join(secretsDir(), "token"));
    expect(read({ secretsDir: secretsDir() }).token).toBe("linked");
    symlinkSync(secretsDir(), join(folder, "run"));
    expect(read({ secretsDir: join(folder, "run") }).token).toBe("linked");
  });

  test.each([
    [
      "a link that leads out",
      () => symlinkSync("../outside", join(secretsDir(), "token")),
      "is a link that leads out of its directory",
    ],
    [
      "a link to a neighbour whose name begins alike",
      () => symlinkSync("../secrets2/x", join(secretsDir(), "token")),
      "is a link that leads out of its directory",
    ],
    [
      "a link that leads nowhere",
      () => symlinkSync("none", join(secretsDir(), "token")),
      "is a link that leads nowhere",
    ],
    [
      "a link that leads in a circle",
      () => symlinkSync("token", join(secretsDir(), "token")),
      "is a link that leads in a circle",
    ],
    ["a directory", () => mkdirSync(join(secretsDir(), "token")), "is a directory, not a file"],
    ["bytes that are no text", () => secret("secrets/token", new Uint8Array([0xff])), "is not UTF-8; save it as such"],
    [
      "something large",
      () => (secret("secrets/token", ""), truncateSync(join(secretsDir(), "token"), 2e6)),
      "is larger than 1024 KiB",
    ],
  ])("that are %s are refused, unless a stronger source has the setting", (_, make, said) => {
    mkdirSync(secretsDir());
    secret("outside", "x");
    secret("secrets2/x", "x");
    make();
    expect(complaints({ secretsDir: secretsDir() })).toEqual([`token (secrets file secrets/token): ${said}`]);
    expect(read({ secretsDir: secretsDir(), env: { TOKEN: "env" } }).token).toBe("env");
  });

  // To root everything is readable.
  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)("that may not be read are told", () => {
    secret("secrets/token", "x");
    chmodSync(join(secretsDir(), "token"), 0);
    expect(complaints({ secretsDir: secretsDir() })).toEqual([
      "token (secrets file secrets/token): may not be read by this process (EACCES)",
    ]);
    chmodSync(secretsDir(), 0);
    expect(complaints({ secretsDir: secretsDir() })).toEqual(["secrets: may not be read by this process (EACCES)"]);
    chmodSync(secretsDir(), 0o700);
  });

  test.skipIf(process.platform === "win32")("are not waited for: a pipe is refused", () => {
    mkdirSync(secretsDir());
    execFileSync("mkfifo", [join(secretsDir(), "token")]);
    expect(complaints({ secretsDir: secretsDir() })).toEqual([
      "token (secrets file secrets/token): is no ordinary file",
    ]);
  });
});
