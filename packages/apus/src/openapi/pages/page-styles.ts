// Our own style sheets for the documentation pages: colours with enough contrast to be read (WCAG 2.2, 1.4.3), where the programs' have
// too little, and what a narrow window needs.

/** What `docs-page.css` answers. */
export const docsPageStyle = `body{margin:0}
.swagger-ui .opblock.opblock-get .opblock-summary-method{background:#1a66b8}
.swagger-ui .opblock.opblock-post .opblock-summary-method{background:#19754c}
.swagger-ui .opblock.opblock-put .opblock-summary-method{background:#96570a}
.swagger-ui .opblock.opblock-patch .opblock-summary-method{background:#0d7561}
.swagger-ui .opblock.opblock-delete .opblock-summary-method{background:#c11f1f}
.swagger-ui .opblock.opblock-deprecated .opblock-summary-method{background:#6b6b6b}
.swagger-ui .opblock.opblock-deprecated{opacity:1}
.swagger-ui .info .title small{background:#5f6675}
.swagger-ui .info .title small.version-stamp{background:#476700}
.swagger-ui .btn.execute{background:#1a66b8;border-color:#1a66b8}
html:not(.dark-mode) .swagger-ui :is(.info,.markdown,.renderedMarkdown,.scopes) a{color:#1a66b8}
html:not(.dark-mode) .swagger-ui .btn.authorize{color:#19754c;border-color:#19754c}
html:not(.dark-mode) .swagger-ui .btn.authorize svg{color:#19754c}
html:not(.dark-mode) .swagger-ui .btn.cancel{color:#c11f1f;border-color:#c11f1f}
html:not(.dark-mode) .swagger-ui :is(.parameter__in,.parameter__extension,.parameter__deprecated,.response-undocumented,.response-undocumented i){color:#5e5e5e}
html:not(.dark-mode) .swagger-ui .json-schema-2020-12-expand-deep-button{color:#5e5e5e}
html:not(.dark-mode) .swagger-ui .json-schema-2020-12__constraint--string{background:#8a6100}
html:not(.dark-mode) .swagger-ui :is(.json-schema-2020-12__attribute--muted,[class*=json-schema-2020-12][class*=--extension]){color:#5e5e5e}
html:not(.dark-mode) .swagger-ui :is(.json-schema-2020-12__attribute--warning,[class*=json-schema-2020-12][class*=value--warning]){color:#c11f1f}
html:not(.dark-mode) .swagger-ui .download-contents{background:#5f6675}
html.dark-mode .swagger-ui .opblock.opblock-deprecated .opblock-summary-method{background:#9a9a9a}
html.dark-mode .swagger-ui .parameter__extension{color:#b7bcbf}
html.dark-mode .swagger-ui .opblock.opblock-put .opblock-section-header{background:#3d2a20}
`;

/** What `redoc-page.css` answers. */
export const redocPageStyle = `body{margin:0}
`;
