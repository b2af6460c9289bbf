import { readStaticIndex } from '../framework/src/lib/server/node/static-index.ts'
import { appRoot } from './prepare.ts'

/** What a page of the app ships to the browser, React included. */
export async function clientBytes(): Promise<void> {
  const scripts = readStaticIndex(`${appRoot}/dist/client`).filter(({ path }) => path.endsWith('.js'))
  console.log('\nclient files, bytes: plain, gzip, brotli')
  for (const { path, size, encodings } of scripts)
    console.log(`  ${path.padEnd(52)} ${size}  ${encodings.gzip ?? '-'}  ${encodings.br ?? '-'}`)
  const sum = (encoding: 'gzip' | 'br'): number => scripts.reduce((total, { size, encodings }) => total + (encodings[encoding] ?? size), 0)
  console.log(`  all ${(sum('gzip') / 1000).toFixed(1)} kB gzip, ${(sum('br') / 1000).toFixed(1)} kB brotli`)
}
