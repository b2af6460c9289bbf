import { afterEach, describe, expect, it } from 'vitest'
import { newDatabase, type TestDatabase } from '../connection/_databases.ts'
import { openConnection } from '../connection/connection.ts'
import type { Provider } from '../database-url.ts'
import { inspectDatabase } from '../inspect.ts'
import { diffSchemas } from '../migrate/diff.ts'

const made: TestDatabase[] = []
afterEach(async () => {
  for (const database of made.splice(0)) await database.drop()
})

/** The schema for what a script makes, valid by Prisma's own word. */
async function inspected(provider: Provider, sql: string): Promise<string> {
  const database = newDatabase(provider)
  made.push(database)
  await using connection = await openConnection(database.target)
  await connection.exec(sql)
  const { schema } = await inspectDatabase(connection)
  await diffSchemas(undefined, schema, provider)
  return schema
}

/** Without what stands before the models, and with single spaces. */
const models = (schema: string): string => schema.slice(schema.indexOf('}\n\n', schema.indexOf('datasource')) + 3).replaceAll(/ +/g, ' ')

describe('inspectDatabase', () => {
  it('names models and fields as one would, whatever the database calls them', async () => {
    const schema = await inspected(
      'sqlite',
      `CREATE TABLE blog_posts (id INTEGER PRIMARY KEY, "Título" TEXT NOT NULL, "2nd line" TEXT, "class" TEXT, "имя" TEXT, "a-b" TEXT, a_b TEXT);
       CREATE TABLE "order" (id INTEGER PRIMARY KEY);
       CREATE TABLE "String" (id INTEGER PRIMARY KEY);
       CREATE TABLE "таблица" (id INTEGER PRIMARY KEY);
       CREATE TABLE categories (id INTEGER PRIMARY KEY);
       CREATE TABLE category (id INTEGER PRIMARY KEY);
       CREATE TABLE "2fa_codes" (id INTEGER PRIMARY KEY, "$type" TEXT);`,
    )
    expect(models(schema)).toMatchInlineSnapshot(`
      "model N2faCode {
       id Int @id @default(autoincrement())
       type String? @map("$type")

       @@map("2fa_codes")
      }

      model StringRow {
       id Int @id @default(autoincrement())

       @@map("String")
      }

      model BlogPost {
       id Int @id @default(autoincrement())
       titulo String @map("Título")
       n2ndLine String? @map("2nd line")
       class String?
       field String? @map("имя")
       aB String? @map("a-b")
       aB2 String? @map("a_b")

       @@map("blog_posts")
      }

      model Category {
       id Int @id @default(autoincrement())

       @@map("categories")
      }

      model Category2 {
       id Int @id @default(autoincrement())

       @@map("category")
      }

      model Order {
       id Int @id @default(autoincrement())

       @@map("order")
      }

      model ModelRow {
       id Int @id @default(autoincrement())

       @@map("таблица")
      }
      "
    `)
  })

  it('names both sides of relations', async () => {
    const schema = await inspected(
      'sqlite',
      `CREATE TABLE people (id INTEGER PRIMARY KEY, boss_id INTEGER REFERENCES people ON DELETE SET NULL, parent_id INTEGER REFERENCES people);
       CREATE TABLE movies (id INTEGER PRIMARY KEY, director_id INTEGER REFERENCES people(id), writer INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE);
       CREATE TABLE review (id INTEGER PRIMARY KEY, movie INTEGER NOT NULL REFERENCES movies(id), isbn TEXT REFERENCES book(isbn), missing_id INTEGER REFERENCES nowhere(id));
       CREATE TABLE book (isbn TEXT NOT NULL PRIMARY KEY, owner_id INTEGER UNIQUE REFERENCES people(id));`,
    )
    expect(models(schema)).toMatchInlineSnapshot(`
      "model Book {
       isbn String @id
       owner Person? @relation(fields: [ownerId], references: [id], onDelete: NoAction, onUpdate: NoAction)
       ownerId Int? @unique @map("owner_id")
       reviews Review[]

       @@map("book")
      }

      model Movie {
       id Int @id @default(autoincrement())
       director Person? @relation("MovieDirector", fields: [directorId], references: [id], onDelete: NoAction, onUpdate: NoAction)
       directorId Int? @map("director_id")
       writer Person @relation("MovieWriter", fields: [writerId], references: [id], onDelete: Cascade, onUpdate: NoAction)
       writerId Int @map("writer")
       reviews Review[]

       @@map("movies")
      }

      model Person {
       id Int @id @default(autoincrement())
       boss Person? @relation("PersonBoss", fields: [bossId], references: [id], onUpdate: NoAction)
       bossId Int? @map("boss_id")
       parent Person? @relation("PersonParent", fields: [parentId], references: [id], onDelete: NoAction, onUpdate: NoAction)
       parentId Int? @map("parent_id")
       book Book?
       moviesAsDirector Movie[] @relation("MovieDirector")
       moviesAsWriter Movie[] @relation("MovieWriter")
       peopleAsBoss Person[] @relation("PersonBoss")
       children Person[] @relation("PersonParent")

       @@map("people")
      }

      // Left out: the reference of missing_id to nowhere, which is not here.
      model Review {
       id Int @id @default(autoincrement())
       movie Movie @relation(fields: [movieId], references: [id], onDelete: NoAction, onUpdate: NoAction)
       movieId Int @map("movie")
       book Book? @relation(fields: [isbn], references: [isbn], onDelete: NoAction, onUpdate: NoAction)
       isbn String?
       missingId Int? @map("missing_id")

       @@map("review")
      }
      "
    `)
  })

  it('keeps tables without a key out of the client, views as comments, and says what it left out', async () => {
    const schema = await inspected(
      'postgresql',
      `CREATE TABLE log (at TIMESTAMPTZ NOT NULL, what TEXT, place POINT, span INTERVAL NOT NULL);
       CREATE TABLE member (id SERIAL PRIMARY KEY, email TEXT, name TEXT, full_name TEXT GENERATED ALWAYS AS (name || '!') STORED, doc TSVECTOR);
       CREATE UNIQUE INDEX lower_email ON member (lower(email));
       CREATE UNIQUE INDEX few ON member (email) WHERE name IS NOT NULL;
       CREATE INDEX words ON member USING gin (doc);
       CREATE VIEW members_by_name AS SELECT id, name FROM member ORDER BY name;
       CREATE TABLE posts_tags (post INTEGER REFERENCES member(id), tag INTEGER REFERENCES member(id));`,
    )
    expect(models(schema)).toMatchInlineSnapshot(`
      "// Not in the client: the table has no primary key, and no unique key of required columns, to tell its rows apart by.
      model Log {
       at DateTime @db.Timestamptz(6)
       what String?
       place Unsupported("point")?
       span Unsupported("interval")

       @@map("log")
       @@ignore
      }

      // Left out: the unique index few, which covers only some rows.
      // Left out: the unique index lower_email, which is on an expression.
      // Left out: the index words, which is of the kind gin.
      model Member {
       id Int @id @default(autoincrement())
       email String?
       name String?
       // Computed by the database: never write it.
       fullName String? @map("full_name")
       doc Unsupported("tsvector")?
       postsTagsAsPost PostsTag[] @relation("PostsTagPost") @ignore
       postsTagsAsTag PostsTag[] @relation("PostsTagTag") @ignore

       @@map("member")
      }

      // Not in the client: the table has no primary key, and no unique key of required columns, to tell its rows apart by.
      model PostsTag {
       post Member? @relation("PostsTagPost", fields: [postId], references: [id], onDelete: NoAction, onUpdate: NoAction)
       postId Int? @map("post")
       tag Member? @relation("PostsTagTag", fields: [tagId], references: [id], onDelete: NoAction, onUpdate: NoAction)
       tagId Int? @map("tag")

       @@map("posts_tags")
       @@ignore
      }

      // // A view. To read it: add previewFeatures = ["views"] to the client's generator, take these comments away,
      // // and give it @unique or @@unique for columns that tell its rows apart.
      // view MembersByName {
      // id Int?
      // name String?
      //
      // @@map("members_by_name")
      // }
      //"
    `)
  })
})
