/** The input room: markers, the location rule, and the reading of raw values from an exchange. */
export { headerName, inBody, isModel, locate, modelOf, type Field } from "./locate.ts";
export { body, cookie, form, header, isLocated, path, query } from "./markers.ts";
export { compileBody } from "./body.ts";
export type { BodyPlan } from "./body-plan.ts";
export { compileParameters, type ParameterPlan } from "./parameters.ts";
export type { Located, Location, MarkerOptions, PathNames, Sent } from "./types.ts";
