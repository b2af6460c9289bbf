import { afterEach, describe, expect, it } from 'vitest'
import { newDatabase, type TestDatabase } from '../connection/_databases.ts'
import { openConnection } from '../connection/connection.ts'
import type { Provider } from '../database-url.ts'
import { diffSchemas } from '../migrate/diff.ts'
import { readStructure } from '../structure/read.ts'
import { draftSchema } from './build.ts'
import { printSchema } from './print.ts'

const made: TestDatabase[] = []
afterEach(async () => {
  for (const database of made.splice(0)) await database.drop()
})

/** What is written for a database that a schema has made. */
async function inspected(provider: Provider, models: string): Promise<string> {
  const database = newDatabase(provider)
  made.push(database)
  await using connection = await openConnection(database.target)
  await connection.exec(await diffSchemas(undefined, whole(provider, models), provider))
  return printSchema(draftSchema(await readStructure(connection)))
}

function whole(provider: Provider, models: string): string {
  return `datasource db {\n  provider = "${provider}"\n}\n${models}`
}

const shared = `
model Movie {
  id         Int      @id @default(autoincrement())
  title      String
  slug       String   @unique
  isListed   Boolean  @default(true) @map("is_listed")
  stars      Int      @default(3)
  votes      BigInt   @default(12)
  rating     Float?   @default(1.5)
  price      Decimal  @default(2.25)
  note       String   @default("it's \\"so\\"")
  released   DateTime?
  made       DateTime @default(now())
  data       Json?
  poster     Bytes?
  director   Person?  @relation("MovieDirector", fields: [directorId], references: [id])
  directorId Int?     @map("director_id")
  writer     Person   @relation("MovieWriter", fields: [writerId], references: [id], onDelete: Cascade, onUpdate: NoAction)
  writerId   Int
  sequel     Movie?   @relation("Next", fields: [sequelId], references: [id], onDelete: SetNull)
  sequelId   Int?     @unique
  prequel    Movie?   @relation("Next")
  genres     Genre[]
  casts      Cast[]

  @@unique([title, made])
  @@index([title(sort: Desc), made])
  @@index([votes], map: "by_votes")
  @@map("movies")
}

model Person {
  id       String @id
  number   Int @unique
  directed Movie[] @relation("MovieDirector")
  written  Movie[] @relation("MovieWriter")
  casts    Cast[]
  @@map("people")
}

model Genre {
  id     Int @id
  name   String
  movies Movie[]
  @@unique([name, id], map: "named")
}

model Cast {
  movie     Movie  @relation(fields: [movieId], references: [id])
  movieId   Int
  person    Person @relation(fields: [personId], references: [id])
  personId  String
  role      String
  scenes    Scene[]
  @@id([movieId, personId])
}

model Scene {
  number   Int
  cast     Cast   @relation(fields: [movieId, personId], references: [movieId, personId], onDelete: Restrict)
  movieId  Int
  personId String
  @@id([number, movieId, personId])
}`
  .replace('references: [id], onDelete: Cascade, onUpdate', 'references: [number], onDelete: Cascade, onUpdate')
  .replace(
    '@relation("MovieDirector", fields: [directorId], references: [id])',
    '@relation("MovieDirector", fields: [directorId], references: [number])',
  )

describe.each(['sqlite', 'postgresql'] as const)('a schema of %s', (provider) => {
  it('comes back from its database', async () => {
    const text = await inspected(provider, shared)
    if (process.env.SHOW) console.log(text)
    expect(await diffSchemas(whole(provider, shared), whole(provider, text), provider)).toBe('')
  })
})

describe('a schema of postgresql', () => {
  it('comes back with native types, lists and enums', async () => {
    const models = `
enum Kind {
  SHORT @map("short film")
  LONG
  n1 @map("1")
}
model Thing {
  id   String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  a    String @db.VarChar(20)
  b    String @db.VarChar
  c    String @default("x") @db.Char(3)
  d    DateTime @db.Date
  e    DateTime @default(now()) @db.Timestamptz(6)
  f    DateTime @db.Timestamp(0)
  g    DateTime @db.Time(3)
  h    DateTime @db.Timetz(6)
  i    Int @default(-4) @db.SmallInt
  j    Float @db.Real
  k    Decimal @default(-1.25) @db.Decimal(10, 2)
  l    Decimal @db.Decimal
  m    Json @default("{\\"a\\": [1]}") @db.Json
  n    Json @default("{}")
  o    String @db.Xml
  p    String @db.Inet
  q    String @db.Bit(4)
  r    String @db.VarBit(8)
  s    String[]
  t    Int[] @default([])
  u    Kind @default(SHORT)
  v    Kind[]
  w    Decimal @db.Money
  x    BigInt @default(autoincrement())
  y    Kind @default(n1)
  z    Unsupported("point")?
  zz   Unsupported("interval")[]
  @@index([a], type: Hash)
  @@index([n], type: Gin)
}`
    const text = await inspected('postgresql', models)
    if (process.env.SHOW) console.log(text)
    expect(await diffSchemas(whole('postgresql', models), whole('postgresql', text), 'postgresql')).toBe('')
  })
})
