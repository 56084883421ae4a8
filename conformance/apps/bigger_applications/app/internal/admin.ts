// The administration, which the main module includes under its own prefix.
import { post } from "apus";

export const updateAdmin = post("/", () => ({ message: "Admin getting schwifty" }));
