// `apus run` and `apus dev` from the outside: the built program on projects of TypeScript files.
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { transformSync } from "esbuild";
import { answerOf, patient, Project, type Command } from "./project.ts";

const main = `import { App } from "apus";
import { message } from "./message.ts";

export const app = new App({ title: "Photos", version: "1.0.0" });
app.get("/", () => ({ message, environment: process.env.NODE_ENV ?? null, flags: process.execArgv.join(" ") }));
`;

let project: Project;

afterEach(() => project.remove());

function photos(files: Readonly<Record<string, string>> = {}): Project {
  project = new Project({ "main.ts": main, "message.ts": message("one"), ...files });
  return project;
}

function message(text: string): string {
  return `export const message: string = ${JSON.stringify(text)};\n`;
}

function expected(text: string, environment: string | null): unknown {
  return { message: text, environment, flags: "" };
}

async function ends(command: Command, signal: NodeJS.Signals): Promise<void> {
  command.process.kill(signal);
  expect(await command.ended).toBe(signal === "SIGINT" ? 130 : 0);
}

describe("apus run", () => {
  test("serves the app, says where, and ends with the signal", async () => {
    const command = photos().apus(["run", "--host", "127.0.0.1", "--port", "0"]);
    const address = await command.address();
    expect(await answerOf(`${address}/`)).toEqual(expected("one", null));
    expect(command.output).toBe(
      [
        "Apus",
        "  Mode    production",
        "  App     main.ts (export app)",
        `  Server  ${address}`,
        `  Docs    ${address}/docs`,
        '  Hint    pin this app in package.json: "apus": { "entrypoint": "main.ts:app" }',
        "",
      ].join("\n"),
    );
    const page = await fetch(`${address}/docs`);
    expect(await page.text()).toContain("<title>Photos - Swagger UI</title>");
    await ends(command, "SIGTERM");
    expect(await answerOf(`${address}/`)).toBe("fetch failed");
  });

  test("listens on all interfaces by default and takes the port from the environment", async () => {
    const command = photos().apus(["run"], { environment: { PORT: "0" } });
    const address = await command.address();
    expect(command.output).toContain("(listens on 0.0.0.0, so other machines can reach it)");
    expect(await answerOf(`${address}/`)).toEqual(expected("one", null));
    await ends(command, "SIGINT");
  });

  test("a pinned app needs no hint, and a public address is shown", async () => {
    const manifest = { type: "module", apus: { entrypoint: "server.ts:api" } };
    const server = main.replace("const app =", "const api =").replaceAll("app.", "api.");
    const command = photos({ "package.json": JSON.stringify(manifest), "server.ts": server }).apus(
      ["run", "--host", "127.0.0.1"],
      { environment: { PORT: "0", APUS_PUBLIC_URL: "https://photos.example.com/" } },
    );
    await command.printed(/Docs/);
    expect(command.output).toMatch(
      /App {5}server\.ts \(export api\)\n {2}Server {2}https:\/\/photos\.example\.com \(listens on 127\.0\.0\.1, port \d+\)\n {2}Docs {4}https:\/\/photos\.example\.com\/docs\n$/,
    );
    await ends(command, "SIGTERM");
  });

  test.skipIf(!process.versions.node.startsWith("20."))("a Node line without fixes is named, once", async () => {
    const command = photos().apus(["run", "--port", "0"], { environment: { NODE_ENV: "production" } });
    const address = await command.address();
    expect(await answerOf(`${address}/`)).toEqual(expected("one", "production"));
    expect(command.output.match(/has had no security fixes/g)).toEqual(["has had no security fixes"]);
    await ends(command, "SIGTERM");
  });

  test("a save does not touch it", async () => {
    const command = photos().apus(["run", "main.ts", "--host", "127.0.0.1", "--port", "0"]);
    const address = await command.address();
    project.write({ "message.ts": message("two") });
    expect(await answerOf(`${address}/`)).toEqual(expected("one", null));
    await ends(command, "SIGTERM");
    expect(command.output).not.toContain("restarting");
  });
});

describe("apus dev", () => {
  test("restarts on a save, on the same port, and survives a broken one", async () => {
    const command = photos().apus(["dev", "--port", "0"]);
    const address = await command.address();
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("one", "development"));

    project.write({ "message.ts": message("two") });
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("two", "development"));
    expect(command.output).toContain("Saved message.ts, restarting.");
    expect(command.output).toContain(`Restarted main.ts at ${address}`);

    project.write({ "message.ts": "export const first = 1;\nexport const message: string = ;\n" });
    await command.printed(/main\.ts could not be loaded\.\n {2}at message\.ts:2/);
    await command.printed(/Waiting for the next save to start it again\./);

    project.write({ "message.ts": message("three") });
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("three", "development"));

    await ends(command, "SIGINT");
    expect(await answerOf(`${address}/`)).toBe("fetch failed");
  });

  test("a save of a file that is not loaded, but lies in a folder that was named", async () => {
    const reads = `import { readFileSync } from "node:fs";\n${main}app.get("/page", () => ({ page: readFileSync("pages/a.html", "utf8"), at: process.pid }));\n`;
    const command = photos({ "main.ts": reads, "pages/a.html": "one", "pages/deep/b.html": "" }).apus([
      "dev",
      "--port",
      "0",
      "--reload-dir",
      "pages",
      "--reload-dir",
      ".",
    ]);
    const address = await command.address();
    const first = await answerOf(`${address}/page`);
    project.write({ "pages/deep/b.html": "two" });
    await command.printed(/Saved pages.deep.b\.html, restarting\.\n[^]*Restarted/);
    expect(await answerOf(`${address}/page`)).not.toEqual(first);
    await ends(command, "SIGINT");
  });

  test("a save of an environment file, also of a new one", async () => {
    const reads = `import { readFileSync } from "node:fs";\n${main}app.get("/env", () => read);\nconst read = readFileSync(".env", "utf8");\n`;
    const command = photos({ "main.ts": reads, ".env": "A=0" }).apus(["dev", "--port", "0"]);
    const address = await command.address();
    project.write({ ".env": "A=1" });
    await command.printed(/Saved \.env, restarting\.\nRestarted/);
    expect(await answerOf(`${address}/env`)).toBe("A=1");
    project.write({ ".env.local": "" });
    await command.printed(/Saved \.env\.local, restarting\.\nRestarted/);
    await ends(command, "SIGINT");
  });

  test("saves that follow each other closely end with the last of them", async () => {
    const command = photos().apus(["dev", "--port", "0"]);
    const address = await command.address();
    for (let i = 1; i <= 20; i++) {
      project.write({ "message.ts": message(String(i)) });
      await answerOf(`${address}/`);
    }
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("20", "development"));
    await ends(command, "SIGINT");
  });

  test("a request under way is given up soon, and its connection ends", async () => {
    const waits = `${main}app.get("/wait", () => new Promise(() => console.log("waits")));\n`;
    const command = photos({ "main.ts": waits }).apus(["dev", "--port", "0"]);
    const address = await command.address();
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("one", "development"));
    const waiting = answerOf(`${address}/wait`);
    await command.printed(/^waits$/m);
    project.write({ "message.ts": message("two") });
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("two", "development"));
    expect(await waiting).toEqual({ detail: "Service Unavailable" });
    expect(command.output).not.toContain("was killed");
    await ends(command, "SIGINT");
  });

  test("a port that was taken in between does not end it", async () => {
    const command = photos().apus(["dev", "--port", "0"]);
    const address = await command.address();
    project.write({ "message.ts": "throw new Error('off');\n" });
    await command.printed(/Waiting for the next save/);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(Number(new URL(address).port), "127.0.0.1", resolve));
    project.write({ "message.ts": message("two") });
    await command.printed(/Error: Port \d+ on 127\.0\.0\.1 is in use\.[^]*Waiting for the next save/);
    await new Promise((resolve) => other.close(resolve));
    project.write({ "message.ts": message("three") });
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("three", "development"));
    await ends(command, "SIGINT");
  });

  test("a file that was missing starts it when it appears, and is watched from then on", async () => {
    const command = photos({ "message.ts": 'export { message } from "./new.ts";\n' }).apus(["dev", "--port", "0"]);
    await command.printed(/at message\.ts:1\n[^]*Waiting for the next save/);
    project.write({ "new.ts": message("four") });
    const address = await command.address();
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("four", "development"));
    project.write({ "new.ts": message("five") });
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("five", "development"));
    await ends(command, "SIGTERM");
  });

  test("an app that falls over waits for the next save", async () => {
    const falls = `${main}app.get("/fall", () => { setImmediate(() => { throw new Error("fell"); }); return {}; });\n`;
    const command = photos({ "main.ts": falls }).apus(["dev", "--port", "0"]);
    const address = await command.address();
    await answerOf(`${address}/fall`);
    await command.printed(/Error: fell[^]*The app ended \(code 1\)\.\nWaiting for the next save/);
    project.write({ "main.ts": main });
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("one", "development"));
    await ends(command, "SIGTERM");
  });

  test("the app does not outlive a supervisor that was killed", async () => {
    const command = photos().apus(["dev", "--port", "0"]);
    const address = await command.address();
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("one", "development"));
    command.process.kill("SIGKILL");
    await expect.poll(() => answerOf(`${address}/`), patient).toBe("fetch failed");
  });

  test("Node's flags and the environment reach the app", async () => {
    const command = photos().apus(["dev", "--port", "0"], {
      nodeFlags: ["--conditions=photos"],
      environment: { NODE_ENV: "staging" },
    });
    const address = await command.address();
    await expect
      .poll(() => answerOf(`${address}/`), patient)
      .toEqual({ message: "one", environment: "staging", flags: "--conditions=photos" });
    await ends(command, "SIGTERM");
  });

  test("what is wrong with a declaration points to its line", async () => {
    const command = photos({ "main.ts": `${main}\napp.get("/photos/{id}", () => 1);\n` }).apus(["dev", "--port", "0"]);
    await command.printed(
      /^main\.ts could not be started\.\n {2}at main\.ts:7:5\n\nApusError: APUS_PATH: GET \/photos\/\{id\}[^]*Waiting for the next save/,
    );
    project.write({ "main.ts": main });
    const address = await command.address();
    await expect.poll(() => answerOf(`${address}/`), patient).toEqual(expected("one", "development"));
    await ends(command, "SIGTERM");
  });

  test("--no-reload serves in one process", async () => {
    const command = photos().apus(["dev", "--no-reload", "--port", "0"]);
    const address = await command.address();
    expect(command.output).toContain("Mode    development\n");
    expect(await answerOf(`${address}/`)).toEqual(expected("one", "development"));
    await ends(command, "SIGINT");
  });
});

describe("the stack of a handler that fails names the line of the source", () => {
  const lines = `import { App } from "apus";

interface Photo {
  name: string;
}

export const app = new App();
app.get("/fail", () => {
  throw new Error("failed here");
});
`;

  test.each([
    ["dev", "TypeScript"],
    ["run", "TypeScript"],
    ["dev", "JavaScript with a map"],
    ["run", "JavaScript with a map"],
  ])("apus %s of %s", async (name, kind) => {
    const { code, map } = transformSync(lines, { loader: "ts", sourcemap: true, sourcefile: "../src/main.ts" });
    const compiled = { "dist/main.js": `${code}//# sourceMappingURL=main.js.map\n`, "dist/main.js.map": map };
    project = new Project(kind === "TypeScript" ? { "src/main.ts": lines } : { "src/main.ts": lines, ...compiled });
    const entry = kind === "TypeScript" ? "src/main.ts" : "dist/main.js";
    const command = project.apus([name, entry, "--port", "0"]);
    const address = await command.address();
    expect((await fetch(`${address}/fail`)).status).toBe(500);
    await command.printed(/Error: failed here\n[^]*[\\/]src[\\/]main\.ts:9:9/);
    await ends(command, "SIGTERM");
  });
});
