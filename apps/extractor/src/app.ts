// The application: its operations, and the App that answers with them.
import { App, depends, router } from "apus";
import { requestId, securityHeaders } from "apus/middleware";
import * as albums from "./routes/albums.ts";
import * as health from "./routes/health.ts";
import { knownHosts, onlyKnownHosts } from "./routes/known-hosts.ts";
import { libraryFolder } from "./routes/library-dependency.ts";
import * as photos from "./routes/photos.ts";

/** All operations; a typed client is made from this type. */
export const api = {
  albums: router(albums, { prefix: "/api/v1", tags: ["albums"] }),
  photos: router(photos, { prefix: "/api/v1", tags: ["photos"] }),
  health: router(health, { tags: ["health"] }),
};

const description = `
Reads a folder of photographs as it is: nothing is imported, nothing in the folder is changed.

1. **Albums** are the folders: \`GET /api/v1/albums\`.
2. **Photos** are listed page by page with what their cameras recorded: \`GET /api/v1/albums/{album}/photos\`. Formats are
   recognised by content. Times are those of the camera's clock, with an offset only where the camera recorded one.
3. **Thumbnails** carry no metadata: \`GET /api/v1/photos/{photo}/thumbnail\`.

Where a photo was taken is told only to those who ask for it (\`gps=true\`).
`;

/** What an application can be told; the environment says the rest. */
export interface AppConfig {
  /** The absolute path of the folder with the photos. */
  readonly library: string;
  /** The host names under which requests are answered; null, the default, answers all. */
  readonly hosts?: readonly string[] | null | undefined;
}

/**
 * Makes the App for one library.
 *
 * @example const server = await serve(createApp({ library: "/home/ann/Pictures" }));
 */
export function createApp({ library, hosts = null }: AppConfig): App {
  return app.with({
    overrides: [
      [libraryFolder, depends(() => library, { scope: "app" })],
      [knownHosts, depends(() => hosts, { scope: "app" })],
    ],
  });
}

/** The App with its library from the environment: EXTRACTOR_LIBRARY, or the samples. */
export const app: App = new App({
  title: "Photo extractor",
  version: "0.1.0",
  summary: "Albums, camera data and thumbnails of a folder of photographs",
  description,
  middleware: [requestId(), securityHeaders()],
  dependencies: [onlyKnownHosts],
  openapiTags: [
    { name: "albums", description: "Folders of the library and what is in them." },
    { name: "photos", description: "Single photos." },
    { name: "health", description: "Whether the extractor can do its work." },
  ],
}).include(api);
