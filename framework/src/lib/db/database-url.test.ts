import { describe, expect, it } from 'vitest'
import { isHotclubError } from '../core/hotclub-error.ts'
import { parseDatabaseUrl, type DatabaseTarget } from './database-url.ts'

const parse = (url: string): DatabaseTarget => parseDatabaseUrl(url, '/app')

function refusal(url: string | undefined): string {
  try {
    parseDatabaseUrl(url, '/app')
  } catch (error) {
    if (isHotclubError(error)) return error.toString()
  }
  throw new Error('was accepted')
}

describe('parseDatabaseUrl', () => {
  it('resolves relative files from the project', () => {
    expect(parse('file:./prisma/dev.db')).toEqual({ provider: 'sqlite', file: '/app/prisma/dev.db' })
    expect(parse('file:dev.db')).toEqual({ provider: 'sqlite', file: '/app/dev.db' })
  })

  it('takes absolute files, also with slashes of a full URL, and drops the query', () => {
    expect(parse('file:/data/app.db')).toEqual({ provider: 'sqlite', file: '/data/app.db' })
    expect(parse('file:///data/my%20app.db?mode=rwc')).toEqual({ provider: 'sqlite', file: '/data/my app.db' })
  })

  it('says what to set when the variable is missing', () => {
    expect(refusal(undefined)).toContain('DATABASE_URL=file:./prisma/dev.db')
    expect(refusal('')).toContain('HC_DATABASE_URL')
  })

  it('refuses other databases without repeating the password', () => {
    const text = refusal('oracle://me:secret@db/app')
    expect(text).toContain("'oracle:'")
    expect(text).not.toContain('secret')
  })

  it('knows the servers by all their names', () => {
    const providers = ['postgresql', 'postgres', 'mysql', 'mariadb'].map((scheme) => parse(`${scheme}://me:secret@db:1/app`).provider)
    expect(providers).toEqual(['postgresql', 'postgresql', 'mysql', 'mysql'])
  })

  it('wants the name of a database, and says so without the password', () => {
    expect(refusal('mysql://me:secret@db')).toContain('names no database')
    expect(refusal('postgresql://me:se#cret@db/app')).not.toContain('cret')
  })

  it('refuses a URL that names no file', () => {
    expect(refusal('file:')).toContain('names no file')
    expect(refusal('file:./prisma/')).toContain('names no file')
  })
})
