/** Migrations: what the commands and the dev server use of `migrate/`. */
export { applyMigrations, type ApplyResult } from './migrate/apply.ts'
export { createBaseline } from './migrate/baseline.ts'
export { createMigration, missingMigration, type CreateOptions, type CreateResult } from './migrate/create.ts'
export { syncDevDatabase, type SyncResult } from './migrate/dev-sync.ts'
export { parseRename, renameLabel, type Rename } from './migrate/renames.ts'
export { resetDatabase } from './migrate/reset.ts'
export { resolveMigration } from './migrate/resolve.ts'
export { migrationStatus, type MigrateOptions } from './migrate/status.ts'
