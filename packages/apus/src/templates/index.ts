/**
 * The templates room: pages from files with placeholders, behind `apus/templates`.
 * @module
 */
export { templates, type Templates, type TemplatesOptions } from "./templates.ts";
export type { ContextProcessor, TemplateContext } from "./context.ts";
export type { LiquidOptions, TemplateFilter } from "./liquid-engine.ts";
export type { EngineOptions, TemplateEngine } from "./template-engine.ts";
