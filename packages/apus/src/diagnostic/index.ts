/** The diagnostic room: what a failure is that a programmer causes. Every other room may name it. */
export { ApusError } from "./apus-error.ts";
export { atDeclaration, declaredHere } from "./declared-at.ts";
export { checkCopy, isOfKind, ofThisCopy } from "./package-copy.ts";
export { isTimerTime, longestTime } from "./timer.ts";
export { checkOptionNames, type OptionNames } from "./option-names.ts";
