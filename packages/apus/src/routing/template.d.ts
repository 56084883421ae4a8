/** Path templates: `/items/{item_id}`, `/files/{file_path:path}`; parsed once, at start-up. */
/** One part of a template between slashes. */
export type Segment =
  | {
      readonly kind: "static";
      readonly text: string;
    }
  | {
      readonly kind: "param";
      readonly name: string;
      readonly accepts: RegExp | null;
    }
  /** Takes the rest of the path, slashes included. Always the last part. */
  | {
      readonly kind: "rest";
      readonly name: string;
      readonly before: string;
    };
export interface Template {
  readonly source: string;
  readonly segments: readonly Segment[];
  readonly names: readonly string[];
}
/** Thrown while linking for a path that cannot be matched; says what to write instead. */
export declare class TemplateError extends TypeError {
  readonly name = "TemplateError";
}
/** The parameter names of a template, convertors left out. */
export declare function templateNames(source: string): string[];
/** The template as OpenAPI writes it: without convertors. */
export declare function withoutConvertors(source: string): string;
export declare function parseTemplate(source: string): Template;
