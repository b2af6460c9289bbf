import { HotclubError } from '../../core/hotclub-error.ts'

/** What a `DATABASE_URL` says about connections, by the names that Prisma has always had for it. Times in milliseconds. */
export interface PoolSettings {
  /** `connection_limit`: connections of one process at once (default: 10). */
  connections: number
  /** `pool_timeout`: how long a query waits for a free one, in the URL in seconds (default: 10). */
  poolTimeout: number
  /** `connect_timeout`: how long the server may take to accept one, in the URL in seconds (default: 5). */
  connectTimeout: number
  /** `socket_timeout`: how long an answer may take, in the URL in seconds (default: as long as it takes). */
  socketTimeout: number | undefined
}

/** @throws {HotclubError} `HC_DATABASE_URL` when one is no number from 1 up */
export function readPoolSettings({ searchParams }: URL): PoolSettings {
  const number = (name: string): number | undefined => {
    const text = searchParams.get(name)
    if (text === null) return undefined
    if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
    throw new HotclubError('HC_DATABASE_URL', {
      where: 'DATABASE_URL',
      message: `${name}=${text} is no number from 1 up.`,
      hint: `Write for example ?${name}=10; times are seconds.`,
    })
  }
  const milliseconds = (name: string): number | undefined => {
    const seconds = number(name)
    return seconds === undefined ? undefined : seconds * 1000
  }
  return {
    connections: number('connection_limit') ?? 10,
    poolTimeout: milliseconds('pool_timeout') ?? 10_000,
    connectTimeout: milliseconds('connect_timeout') ?? 5_000,
    socketTimeout: milliseconds('socket_timeout'),
  }
}
