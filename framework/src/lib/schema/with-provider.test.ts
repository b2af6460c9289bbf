import { describe, expect, it } from 'vitest'
import { withProvider } from './with-provider.ts'

describe('withProvider', () => {
  it('changes the provider of the datasource, and of nothing else', () => {
    const schema = (provider: string): string =>
      `generator client {\n  provider = "prisma-client"\n}\n\ndatasource db {\n  // provider = "none"\n  provider = "${provider}"\n}\n\nmodel A {\n  provider String @default("sqlite")\n}\n`
    expect(withProvider(schema('sqlite'), 'mysql')).toBe(schema('mysql'))
  })

  it('leaves models alone that have no datasource', () => {
    expect(withProvider('model A {\n  id Int @id\n}', 'mysql')).toBe('model A {\n  id Int @id\n}')
  })
})
