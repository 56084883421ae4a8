// `apus run` and `apus dev` from the outside: the built program on projects of TypeScript files.
import { afterEach, describe, expect, test } from "vitest";
import { answerOf, patient, Project, type Command } from "./project.ts";

const main = `import { App } from "apus";
import { message } from "./message.ts";

export const app = new App({ title: "Photos", version: "1.0.0" });
app.get("/", () => ({ message, environment: process.env.APUS_ENV ?? null, flags: process.execArgv.join(" ") }));
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
      environment: { APUS_ENV: "staging" },
    });
    const address = await command.address();
    await expect
      .poll(() => answerOf(`${address}/`), patient)
      .toEqual({ message: "one", environment: "staging", flags: "--conditions=photos" });
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
