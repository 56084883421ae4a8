/** The origin room: whose pages a browser speaks for (RFC 6454), as options list them. */
export { faultOfOrigin } from "./fault-of-origin.ts";
export { originPattern } from "./origin-pattern.ts";
