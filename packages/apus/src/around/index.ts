/** The around room: middleware, and how it is put around what answers. */
export { compose, type Answering, type Failing } from "./compose.ts";
export {
  around,
  isMiddleware,
  middleware,
  type Around,
  type Middleware,
  type MiddlewareHooks,
  type Next,
} from "./middleware.ts";
export { attempt, isThenable, onward, type May } from "./onward.ts";
