import { Decimal } from '@prisma/client/runtime/client'
import type { ViewProps } from 'hotclub'

export function loader() {
  return {
    date: new Date(0),
    big: 12345678901234567890n,
    price: new Decimal('12.50'),
    map: new Map([['a', new Set([1, 2])]]),
    bytes: new Uint8Array([1, 2, 255]),
    nothing: undefined,
    markup: '</script><!--\u2028',
  }
}

export const head = { title: 'Values' }

export default function Values({ data }: ViewProps<typeof loader>) {
  return (
    <>
      <h1>Values</h1>
      <pre id="values">
        {[
          data.date.toISOString(),
          String(data.big + 1n),
          data.price.plus(1).toFixed(2),
          String(data.map.get('a')?.has(2)),
          data.bytes.join(),
          String('nothing' in data && data.nothing === undefined),
          JSON.stringify(data.markup),
        ].join('\n')}
      </pre>
    </>
  )
}
