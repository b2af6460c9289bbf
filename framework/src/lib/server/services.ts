import { HotclubError } from '../core/hotclub-error.ts'
import { Services } from '../core/services.ts'
import { adminService, AdminSite } from '../admin/site.ts'
import { authService } from '../auth/config.ts'
import { allowsRow } from '../auth/policies/explain.ts'
import { hasAccounts, missingAccounts } from '../auth/tables.ts'
import { Users, usersService } from '../auth/users.ts'
import type { Cache } from '../cache/cache.ts'
import { cacheService } from '../cache/open-cache.ts'
import { setReceivers } from '../db/client/receivers.ts'
import { isOurs } from '../db/client/scope.ts'
import { type Keys, keysService } from '../http/keys.ts'
import { createMailer, mailService } from '../mail/mailer.ts'
import { Sessions, sessionsService } from '../session/sessions.ts'
import { hasSessions } from '../session/tables.ts'
import { Signals, signalsService } from '../signals/signals.ts'
import type { AppManifest } from './types.ts'

/**
 * Sets up what an app has once.
 *
 * @throws {HotclubError} `HC_AUTH` when the app has accounts and its schema does not, `HC_ADMIN` for a file of the admin that does not fit the schema
 */
export function createServices(
  { settings, auth, admin, schema, signals = [] }: AppManifest,
  db: unknown,
  keys: Keys,
  cache: Cache,
): Services {
  const services = new Services()
  services.add(keysService, keys)
  services.add(signalsService, connectSignals(signals, db))
  services.add(cacheService, cache)
  services.add(mailService, createMailer(settings.mail))
  if (hasSessions(db)) services.add(sessionsService, new Sessions(db, keys, settings.session))
  if (admin && !(auth && schema))
    throw new HotclubError('HC_ADMIN', {
      where: 'admin/site.ts',
      message: 'The admin is for the staff, and this app has no accounts.',
      hint: 'Add them with `hotclub add accounts`, or remove admin/site.ts.',
    })
  if (auth === undefined) return services
  if (!hasAccounts(db)) throw missingAccounts(db)
  if (admin && schema) services.add(adminService, new AdminSite(schema, admin))
  services.add(authService, auth)
  services.add(
    usersService,
    new Users({
      db,
      backends: auth.backends,
      window: settings.session.window,
      rowRule: (user, permission, row) => allowsRow(db, user, permission, row),
    }),
  )
  return services
}

/** @throws {HotclubError} `HC_CLIENT` or `HC_MODEL` for receivers of rows that nobody can tell */
function connectSignals(exported: readonly unknown[], db: unknown): Signals {
  const signals = new Signals(exported)
  // Also without any: the dev server may have given the client those of before an edit.
  if (signals.ofRows.length > 0 || isOurs(db)) setReceivers(db as object, signals.ofRows)
  return signals
}
