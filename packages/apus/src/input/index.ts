/** The input room: markers, the location rule, and the reading of raw values from an exchange. */
export { carriesFiles, headerName, inBody, inForm, isModel, isStream, locate, modelOf, type Field } from "./locate.ts";
export { body, cookie, file, form, header, isLocated, path, query } from "./markers.ts";
export { formLimitsOf, type FormLimitOptions, type FormLimits } from "../multipart/index.ts";
export { checkFields } from "./declaration.ts";
export { compileBody } from "./body.ts";
export { bodyShapeOf } from "./body-shape.ts";
export { refusalOf, type BodyPlan } from "./body-plan.ts";
export { compileParameters, type ParameterPlan } from "./parameters.ts";
export type { Located, Location, MarkerOptions, PathNames, Sent } from "./types.ts";
