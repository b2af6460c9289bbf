import { describe, expect, it } from 'vitest'
import { isHotclubError } from '../core/hotclub-error.ts'
import { parseDatabaseUrl } from './database-url.ts'

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
    expect(parseDatabaseUrl('file:./prisma/dev.db', '/app').file).toBe('/app/prisma/dev.db')
    expect(parseDatabaseUrl('file:dev.db', '/app').file).toBe('/app/dev.db')
  })

  it('takes absolute files, also with slashes of a full URL, and drops the query', () => {
    expect(parseDatabaseUrl('file:/data/app.db', '/app').file).toBe('/data/app.db')
    expect(parseDatabaseUrl('file:///data/my%20app.db?mode=rwc', '/app').file).toBe('/data/my app.db')
  })

  it('says what to set when the variable is missing', () => {
    expect(refusal(undefined)).toContain('DATABASE_URL=file:./prisma/dev.db')
    expect(refusal('')).toContain('HC_DATABASE_URL')
  })

  it('refuses other databases without repeating the password', () => {
    const text = refusal('postgresql://me:secret@db/app')
    expect(text).toContain("'postgresql:'")
    expect(text).not.toContain('secret')
  })

  it('refuses a URL that names no file', () => {
    expect(refusal('file:')).toContain('names no file')
    expect(refusal('file:./prisma/')).toContain('names no file')
  })
})
