/** The response room: how answers are written other than by a schema. */
export {
  headerPairs,
  html,
  json,
  kind,
  redirect,
  Reply,
  text,
  type Kind,
  type KindOptions,
  type ReplyInit,
} from "./reply.ts";
