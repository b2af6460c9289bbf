/**
 * The registry of every error a developer can meet: code → one line that says when it happens.
 * `docs/errors.md` has a section for each; a test holds both equal.
 */
export const errorCodes = {
  HC_SETTINGS: 'Settings or environment variables are missing or wrong.',
  HC_CONTEXT_KEY: 'A context value was read before any middleware set it.',
  HC_ROUTE_CONFLICT: 'Two route files answer the same URL.',
  HC_ROUTE_NAME: 'The name of a route file or folder cannot be read.',
  HC_ROUTE_EXPORT: 'A route file exports a name that routes do not have, or nothing at all.',
  HC_ROUTE_PARAM: 'A route uses a converter that is not registered, or the same parameter twice.',
  HC_ROUTE_ROOT: 'The app has no root file.',
  HC_HREF: 'href() was called with an unknown route or with parameters that do not fit.',
  HC_FORM_SCHEMA: 'The schema of a form holds something that a form cannot send.',
  HC_FORM_NAME: 'A view asks for a form or a field that its page does not have.',
  HC_MODEL: 'A model was named that the Prisma schema does not have.',
  HC_FIELD: 'A database call names a field that its model does not have, or that the user may not see.',
  HC_CALL: 'A database call has an argument that cannot be read, or that policies cannot hold for.',
  HC_POLICY: 'A policy cannot be used: its model, its fields or what a rule gives.',
  HC_COOKIE: 'A cookie cannot be set: its name, value or options, or the moment, do not allow it.',
  HC_SERVICE: 'Something was asked of the app that it has not been given, like accounts or mail.',
  HC_SESSION: 'A session cannot keep a value, or the app has no place for sessions.',
  HC_AUTH: 'Accounts are configured wrongly, or the Prisma schema lacks what they need.',
  HC_ACCOUNT: 'A command was given an address that is none, has an account already, or has none.',
  HC_REDIRECT: 'redirect() was called with something that is no place to go.',
  HC_RESULT: 'A loader, action, handler or middleware returned something that cannot become a response.',
  HC_SERIALIZE: 'Loader or action data holds a value that cannot travel to the browser.',
  HC_CLIENT_IMPORT: 'Code that runs in the browser imports a module that must stay on the server.',
  HC_CLIENT_ENV: 'Code that runs in the browser reads an environment value that only the server has.',
  HC_MAIL: 'A mail cannot be sent: an address or a header is wrong, or there is no way to send it.',
  HC_SCHEMA: 'The Prisma schema is missing or wrong, or Prisma could not generate from it.',
  HC_DATABASE_URL: 'DATABASE_URL is missing or names a database that Hotclub cannot use.',
  HC_DATABASE_OPEN: 'The database could not be opened.',
  HC_DATABASE_DRIVER: 'The package that a kind of database needs is not installed.',
  HC_MIGRATION_NAME: 'A migration was asked for by a name that does not exist or cannot be used.',
  HC_MIGRATION_HISTORY: 'The migrations in the database and those in the folder do not agree.',
  HC_MIGRATION_FAILED: 'A migration failed; what of it was done is said, and on SQLite and PostgreSQL it is nothing.',
  HC_MIGRATION_PROVIDER: 'A migration was written by hand for another kind of database.',
  HC_MIGRATION_BLOCKED: 'A change of the schema cannot be made with the rows that a table holds.',
  HC_MIGRATION_MISSING: 'The schema has changes for which there is no migration.',
  HC_ANSWER: 'A command has a question, and nobody can answer it here.',
  HC_SEED: 'The seed is missing or has no default export.',
  HC_BUILD_MISSING: 'There is no build to start, or it is broken.',
  HC_PORT: 'The server cannot listen where it was told to.',
  HC_WORKERS: 'The number of workers is not a number from 1 up, or workers end before they can serve.',
} as const

/** A code from the registry. */
export type ErrorCode = keyof typeof errorCodes
