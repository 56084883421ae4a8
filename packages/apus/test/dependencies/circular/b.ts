/** The other half: makes a router of the half that is still being loaded. */
import { router } from "apus";
import * as a from "./a.ts";

export const api: object = router(a);
