/**
 * How the framework's parts report, without knowing what writes the lines. The server sets the process's logger;
 * it is kept on `globalThis`, because the built app carries its own copy of the framework.
 */

/** Facts that go with a message. Put an error under `err`; values of secret-looking names are hidden by the server's log. */
export type LogFields = Record<string, unknown>

/** Where messages of the framework and the app go. */
export interface Logger {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

const key = Symbol.for('hotclub.logger')
const registry: typeof globalThis & { [key]?: Logger | undefined } = globalThis

/** Warnings and errors in plain words on stderr: what a script or a test gets that sets no logger. */
const plainLogger: Logger = {
  debug() {},
  info() {},
  warn: (fields, message) => console.warn(message, fields),
  error: (fields, message) => console.error(message, fields),
}

/** Returns the logger of the process. */
export function getLogger(): Logger {
  return registry[key] ?? plainLogger
}

/** Makes `logger` the one of the process; `undefined` brings back the plain one. */
export function setLogger(logger: Logger | undefined): void {
  registry[key] = logger
}
