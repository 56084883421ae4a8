/** The input room: markers, the location rule, and the reading of raw values from an exchange. */
export { headerName, InputError, isMultiple, locate, modelOf, type Field } from "./locate.ts";
export { body, cookie, header, isLocated, path, query } from "./markers.ts";
export { compileBody, type BodyPlan } from "./body.ts";
export { compileParameters, type ParameterPlan } from "./parameters.ts";
export type {
  Located,
  Location,
  LocationByType,
  LocationOf,
  MarkerOptions,
  OpenapiExample,
  PathNames,
  Sent,
  WireName,
} from "./types.ts";
