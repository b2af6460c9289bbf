/** For tests of the admin: an app with accounts, an admin, and models of every kind. */
import { defineAuth } from '../auth/config.ts'
import type { Policy } from '../auth/policies/policy.ts'
import { setSchema } from '../schema/registry.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { TestClient } from '../testing/test-client.ts'
import { createDecoder } from '../view/decode.ts'
import { DATA_PREFIX, type PagePayload } from '../view/payload.ts'
import { createAccountsLab, type AccountsLab } from '../../../test/_accounts.ts'
import { defineSite } from './options.ts'

const models = `
/// A film  @label title
model Film {
  id        Int       @id @default(autoincrement())
  /// Title  @max 100
  title     String
  rating    Rating    @default(G)
  released  DateTime?
  runtime   Int?
  isPublic  Boolean   @default(true)
  price     Decimal?
  budget    BigInt?
  /// @multiline
  plot      String?
  studio    Studio?   @relation(fields: [studioId], references: [id], onDelete: Restrict)
  studioId  Int?
  tags      Tag[]
  reviews   Review[]
  createdAt DateTime  @default(now())
  updatedAt DateTime  @updatedAt
}
/// @label name
model Studio {
  id    Int    @id @default(autoincrement())
  name  String @unique
  films Film[]
}
/// @label name
model Tag {
  id    String @id
  name  String
  films Film[]
}
model Review {
  id     Int     @id @default(autoincrement())
  film   Film    @relation(fields: [filmId], references: [id], onDelete: Cascade)
  filmId Int
  /// @widget radio  @min 1  @max 5
  stars  Int
  note   String?
  photos Photo[]
}
model Photo {
  id       Int    @id @default(autoincrement())
  review   Review @relation(fields: [reviewId], references: [id], onDelete: Cascade)
  reviewId Int
  name     String
}
model Stock {
  shop   String
  shelf  Int
  amount Int

  @@id([shop, shelf])
}
model Scan {
  id   Int   @id @default(autoincrement())
  data Bytes
}
enum Rating {
  G
  PG
  R
}
`

export interface AdminLab extends AccountsLab {
  app: TestApp
  /** A browser with somebody signed in: staff with these permissions, `film.view`, or a superuser. */
  as(rights: readonly string[] | 'superuser' | 'member'): Promise<TestClient>
  close(): Promise<void>
}

/** @param admin Files of `admin/` beside `site.ts` */
export async function createAdminLab(admin: Record<string, object> = {}, policies: Policy[] = []): Promise<AdminLab> {
  const lab = await createAccountsLab(models, { development: true })
  setSchema(lab.metadata)
  const app = await createTestApp({
    routes: {},
    db: lab.db as never,
    auth: defineAuth({ siteName: 'Test' }),
    policies,
    admin: { 'site.ts': { default: defineSite({ title: 'Back office' }) }, ...admin },
  })
  return {
    ...lab,
    app,
    async as(rights) {
      const named = typeof rights === 'string' ? [] : rights
      const user = await lab.createUser({
        isStaff: rights !== 'member',
        isSuperuser: rights === 'superuser',
        permissions: { connectOrCreate: named.map((name) => ({ where: { name }, create: { name, label: name } })) },
      })
      const client = app.client()
      await client.logIn(user)
      return client
    },
    async close() {
      await app.close()
      await lab.remove()
    },
  }
}

/** What a page of the admin was given, by level: root, layout, page. */
export async function pageOf(client: TestClient, path: string): Promise<PagePayload> {
  const response = await client.request(DATA_PREFIX + path)
  const lines = (await response.text()).split('\n')
  const decoder = createDecoder(String)
  const page = decoder.decode(lines[0]!) as PagePayload
  for (const line of lines.slice(1)) if (line !== '') decoder.settle(line)
  return page
}
