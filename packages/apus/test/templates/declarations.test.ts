// What `templates()` refuses where it is called.
import { templates } from "apus/templates";
import { describe, expect, it } from "vitest";

describe("declarations", () => {
  const wrong: [string, unknown, string][] = [
    ["no options", undefined, "APUS_OPTIONS"],
    ["an option that there is not", { directory: ".", extension: ".html" }, "APUS_OPTIONS"],
    ["no folder", {}, "APUS_TEMPLATES"],
    ["a folder that is not there", { directory: "no/such/folder" }, "is not there"],
    ["a file", { directory: import.meta.filename }, "is not there"],
    ["an empty name", { directory: "" }, "names no folder"],
    ["an address", { directory: new URL("https://example.com/") }, "names no folder"],
    ["no folders", { directory: [] }, "APUS_TEMPLATES"],
    ["a limit that is none", { directory: ".", renderLimit: 0 }, "`renderLimit` is 0"],
    ["a limit that is no number", { directory: ".", parseLimit: Number.NaN }, "`parseLimit` is NaN"],
    ["a filter that is none", { directory: ".", filters: { money: "EUR" } }, 'the filter "money" is no function'],
    ["processors that are none", { directory: ".", contextProcessors: [{}] }, "`contextProcessors` is a list"],
    ["an engine that is none", { engine: {} }, "no method `render"],
    ["an engine and a folder", { engine: { render: () => "" }, directory: "." }, "a `directory` or an `engine`"],
    ["limits of an engine", { engine: { render: () => "" }, cache: true }, "APUS_OPTIONS"],
  ];
  it.each(wrong)("%s", (_, options, message) => {
    expect(() => templates(options as never)).toThrow(message);
  });

  it("a header that is none is refused where it is given", () => {
    const { render } = templates({ directory: "." });
    expect(() => render("page", {}, { headers: { "x-a": "a\r\nb" } })).toThrow("APUS_HEADER");
  });
});
