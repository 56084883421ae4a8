/** The input room: markers, the location rule, and the reading of raw values from an exchange. */
export { headerName, locate, modelOf, type Field } from "./locate.ts";
export { body, cookie, header, path, query } from "./markers.ts";
export { compileBody, type BodyPlan } from "./body.ts";
export { compileParameters, type ParameterPlan } from "./parameters.ts";
export type { Located, Location, MarkerOptions, PathNames, Sent } from "./types.ts";
