/** The routing room: path templates and the matcher over them. */
export { Matcher, type Found, type Route } from "./matcher.ts";
export { parseTemplate, TemplateError, templateNames, withoutConvertors, type Template } from "./template.ts";
