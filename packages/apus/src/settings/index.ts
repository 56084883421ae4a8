/** `apus/settings`: reads the environment, `.env` files and secret files by a schema, as a dependency of the app. */
export type { SettingsOptions } from "./options.ts";
export { settings, type Settings, type SettingsArguments } from "./settings.ts";
export { SettingsError, type SettingsProblem } from "./settings-error.ts";
