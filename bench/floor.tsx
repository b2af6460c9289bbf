/**
 * The floor: bare `node:http` and `renderToString` of the same tree, with the same hydration data, by hand.
 * Built by `bench/run.ts`, which passes what the framework's page preloads and the fixed part of its payload.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { renderToString } from 'react-dom/server'
import { newest, PAGE_SIZE, type FilmRow } from './app/app/lib/films.ts'
import { FilmList, Frame } from './app/app/lib/list.tsx'
import { PrismaClient } from './app/prisma/generated/client/client.ts'

interface Shell {
  entry: string
  preload: Record<string, string[]>
  /** The payload of each page without its data. */
  payload: Record<'/memory' | '/database', object>
}

const shell = JSON.parse(process.env['SHELL_JSON']!) as Shell
// Prisma as it comes, with the file's own WAL mode.
const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: process.env['DATABASE_URL']! }) })

const pages: Record<string, () => FilmRow[] | Promise<FilmRow[]>> = {
  '/memory': () => newest,
  '/database': () => db.film.findMany({ orderBy: { id: 'desc' }, take: PAGE_SIZE, include: { director: { select: { name: true } } } }),
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const films = await pages[request.url!]!()
  const payload = JSON.stringify({ ...shell.payload[request.url as '/memory'], data: { 2: { films } } }).replaceAll('<', '\\u003c')
  const html = `<!DOCTYPE html>${renderToString(<Document films={films} payload={payload} preload={shell.preload[request.url!]!} />)}`
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(html) })
  response.end(html)
}

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port, pid: process.pid })))

function Document({ films, payload, preload }: { films: FilmRow[]; payload: string; preload: string[] }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Films · Bench</title>
        <meta name="viewport" content="width=device-width" />
        {preload.map((href) => (
          <link key={href} rel="modulepreload" href={href} />
        ))}
      </head>
      <body>
        <Frame>
          <FilmList films={films} />
        </Frame>
        <script type="application/json" id="__hotclub" dangerouslySetInnerHTML={{ __html: payload }} />
        <script type="module" src={shell.entry} async />
      </body>
    </html>
  )
}
