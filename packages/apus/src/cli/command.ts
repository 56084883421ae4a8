// What a command of the program is: its arguments, and what it does with them once they have been checked.
import { parseArgs, type ArgsDef, type ParsedArgs } from "citty";
import { checkArguments } from "./arguments.ts";

export interface Command {
  readonly args: ArgsDef;
  /**
   * @param rawArguments What follows the command's name.
   * @throws UsageError for arguments that the command does not take.
   */
  run(rawArguments: readonly string[]): Promise<void>;
}

/** @param run Gets the arguments as declared, and as they were given. */
export function defineCommand<const A extends ArgsDef>(
  name: string,
  args: A,
  run: (given: ParsedArgs<A>, rawArguments: readonly string[]) => Promise<void>,
): Command {
  return {
    args,
    async run(rawArguments) {
      checkArguments(name, rawArguments, args);
      await run(parseArgs<A>([...rawArguments], args), rawArguments);
    },
  };
}
