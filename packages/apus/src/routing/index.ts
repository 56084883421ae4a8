/** The routing room: path templates and the matcher over them. */
export { Matcher, type Route } from "./matcher.ts";
export { convertors, type ConvertorName } from "./convertor.ts";
export { fillTemplate, parseTemplate, readTemplate, withoutConvertors, type Template } from "./template.ts";
