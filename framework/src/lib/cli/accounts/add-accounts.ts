import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import colors from 'picocolors'
import { confirm } from '../data/ask.ts'

const authFile = `import { defineAuth } from 'hotclub/auth'

export default defineAuth({ siteName: 'My site' })
`

/**
 * Writes what accounts take: their models, and the file that switches them on. Files that are there are kept, unless somebody says otherwise.
 *
 * @param root The project's folder
 */
export async function addAccounts(root: string, { force = false }: { force?: boolean }): Promise<void> {
  const files = {
    'prisma/auth.prisma': readFileSync(join(import.meta.dirname, '../../../../templates/auth.prisma'), 'utf8'),
    'app/auth.ts': authFile,
  }
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, file)
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    if (existsSync(path) && !force && !(await confirm(`${file} is there. Write over it?`, '--force'))) {
      console.log(`  ${file} was kept.`)
      continue
    }
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`${colors.green('✓')} ${file}`)
  }
  console.log('\nNext: hotclub migrate create accounts, hotclub migrate apply, hotclub createsuperuser.')
}
