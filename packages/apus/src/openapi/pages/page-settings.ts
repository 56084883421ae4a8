// Writes a page's settings as the JSON block that its script reads.
import { ApusError } from "../../diagnostic/index.ts";
import { escapeJsonForScript } from "./html-escaping.ts";

/**
 * The settings as JSON that is harmless inside a `<script>` element, one level a line.
 *
 * @param owner Whose settings they are, for the message: `Swagger UI`, `ReDoc`.
 * @throws ApusError when they hold something that JSON cannot, such as a function, naming it.
 */
export function writeSettings(owner: string, settings: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(
    settings,
    (key, value: unknown) => {
      if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
        throw new ApusError(
          `APUS_DOCUMENTATION: ${owner}'s setting "${key}" is a ${typeof value}: only JSON values can be sent to the page.`,
        );
      }
      return value;
    },
    1,
  );
  return escapeJsonForScript(json);
}
