/** Work for after the answer. */
import { expect, it } from "vitest";
import { BackgroundTasks } from "./background.ts";

it("runs in the order of adding, one after the other, what the work itself adds last", async () => {
  const tasks = new BackgroundTasks();
  const done: string[] = [];
  tasks.add(
    async (name: string, times: number) => {
      await Promise.resolve();
      done.push(name.repeat(times));
      tasks.add(() => done.push("added"));
    },
    "a",
    2,
  );
  tasks.add(() => done.push("b"));
  expect(done).toEqual([]);
  await tasks.run();
  expect(done.splice(0)).toEqual(["aa", "b", "added"]);
  await tasks.run();
  expect(done).toEqual([]);
});

it.each([
  [
    "throws",
    () => {
      throw new Error("broken");
    },
  ],
  ["rejects", () => Promise.reject(new Error("broken"))],
])("the first that %s ends the rest", async (_, work) => {
  const tasks = new BackgroundTasks();
  const done: string[] = [];
  tasks.add(() => done.push("a"));
  tasks.add(work);
  tasks.add(() => done.push("c"));
  await expect(tasks.run()).rejects.toThrow("broken");
  expect(done).toEqual(["a"]);
});

it("what is no function is refused at once", () => {
  expect(() => new BackgroundTasks().add("x" as never)).toThrow(TypeError);
});
