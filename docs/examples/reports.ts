// A report that takes its time: stopped when nobody waits for it, told of when it is done.
import { App, background, get, response, signal } from "apus";
import { z } from "zod";

/** Adds numbers up, with a pause after each, until it is told to stop. */
async function sum(upTo: number, stop: AbortSignal): Promise<number> {
  let total = 0;
  for (let i = 1; i <= upTo; i++) {
    stop.throwIfAborted();
    total += i;
    await new Promise(setImmediate);
  }
  return total;
}

export const mails: string[] = [];
const mail = async (text: string): Promise<void> => void mails.push(text);

const report = get(
  "/reports/{size}",
  { input: { size: z.int().max(1_000_000_000), signal, background, response }, timeout: 1_000 },
  async ({ size, signal, background, response }) => {
    const total = await sum(size, signal);
    response.headers.set("x-size", String(size));
    background.add(mail, `The report is ready: ${total}`);
    return { total };
  },
);

export const app = new App({ title: "Reports" }).include({ report });
