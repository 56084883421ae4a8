// Starts the extractor: reads the settings, makes the samples where no folder is named, listens, says where.
import { serve } from "apus/server";
import { createApp } from "./app.ts";
import { ConfigError, readConfig } from "./config.ts";
import { systemCode } from "./library/failure.ts";
import { loopbackHosts } from "./routes/known-hosts.ts";
import { prepareSampleLibrary, SampleError } from "./sample/sample-library.ts";

try {
  const { host, port, library } = await readConfig(process.env);
  const folder = library ?? (await prepareSampleLibrary());
  const server = await listen(folder, host, port);
  console.log(`Photo extractor   ${server.url}`);
  console.log(`Documentation     ${server.url}/docs`);
  console.log(
    `Library           ${folder}${library === null ? "  (samples; set EXTRACTOR_LIBRARY for your own)" : ""}`,
  );
  if (!isLoopback(server.host))
    console.warn(
      "There is no login: everyone who can reach this address can see the photos. HOST=127.0.0.1 keeps them here.",
    );
} catch (error) {
  // What the person who starts it can mend is one sentence; everything else is a defect and keeps its stack.
  const known = error instanceof ConfigError || error instanceof SampleError;
  console.error(known ? error.message : error);
  process.exitCode = 1;
}

async function listen(library: string, host: string, port: number): ReturnType<typeof serve> {
  try {
    // Under a name of this machine only, so that no web page can reach the photos by giving its own name this address.
    const hosts = isLoopback(host) ? [...new Set([...loopbackHosts, host.toLowerCase()])] : null;
    return await serve(createApp({ library, hosts }), { host, port });
  } catch (error) {
    const message = addressMessage(systemCode(error), host, port);
    throw message === undefined ? error : new ConfigError(message, { cause: error });
  }
}

function addressMessage(code: string | undefined, host: string, port: number): string | undefined {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use by another program. Set PORT to a free one, for example PORT=${port === 65_535 ? 8000 : port + 1}, or PORT=0 for any.`;
    case "EACCES":
      return `This process may not listen on port ${port}. Set PORT to one above 1023, for example PORT=8000.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return `HOST=${host} is no address of this machine. Use HOST=127.0.0.1 for this machine only or HOST=0.0.0.0 for all its addresses.`;
    default:
      return undefined;
  }
}

function isLoopback(host: string): boolean {
  return loopbackHosts.includes(host.toLowerCase()) || host.startsWith("127.");
}
