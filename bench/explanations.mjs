// Why a target is not met, or why somebody else is ahead: one entry for each such line of RESULTS.md, under the id that stands
// there. An entry that no line needs any more is told by `npm run bench`, so that none outlives its reason.

/** @type {Record<string, string>} */
export const explanations = {};
