/** The routing room: path templates and the matcher over them. */
export { Matcher, type Route } from "./matcher.ts";
export { parseTemplate, withoutConvertors, type Template } from "./template.ts";
