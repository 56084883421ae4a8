// Turns the system's reasons for not listening into sentences that say what to do.
import { CliError } from "./cli-error.ts";
import { said } from "./printable.ts";

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error && "syscall" in error ? error.code : undefined;
}

/** The address cannot be listened on; no save can change that. */
export class BlockedPort extends CliError {
  /** The sentence for an error of `listen`, or nothing when the error is of another kind. */
  static from(error: unknown, address: { readonly host: string; readonly port: number }): BlockedPort | undefined {
    const { host, port } = address;
    switch (codeOf(error)) {
      case "EADDRINUSE":
        return new BlockedPort(
          said`Port ${port} on ${host} is in use. Stop the other program, or take another port: --port ${port < 65_535 ? port + 1 : 8000}`,
        );
      case "EACCES":
        return new BlockedPort(
          said`This user may not listen on port ${port} of ${host}. Ports below 1024 often need rights; take a higher one: --port 8000`,
        );
      case "EADDRNOTAVAIL":
      case "ENOTFOUND":
      case "EAI_AGAIN":
        return new BlockedPort(said`"${host}" is not an address of this machine. Take another: --host 127.0.0.1`);
      default:
        return undefined;
    }
  }
}
