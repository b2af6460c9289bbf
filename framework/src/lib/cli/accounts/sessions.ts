import colors from 'picocolors'
import { HotclubError } from '../../core/hotclub-error.ts'
import { withClient } from '../../db/generated.ts'
import { clearSessions as clear } from '../../session/sessions.ts'
import { hasSessions } from '../../session/tables.ts'
import { preparedProject } from '../data/prepared-project.ts'

/** Removes the sessions that have ended by time, and says how many. */
export async function clearSessions(): Promise<void> {
  await withClient(await preparedProject(), async (db: unknown) => {
    if (!hasSessions(db))
      throw new HotclubError('HC_SESSION', {
        where: 'prisma/',
        message: 'The schema has no sessions.',
        hint: 'Add the models Session and SessionValue: hotclub add accounts writes them.',
      })
    const count = await clear(db)
    console.log(`${colors.green('✓')} ${count === 1 ? 'One session' : `${count} sessions`} removed.`)
  })
}
