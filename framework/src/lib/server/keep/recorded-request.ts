import { currentRecording } from '../../core/recording.ts'

/** A request that tells which of its headers are read, for as long as somebody records. */
export function recordedRequest(request: Request): Request {
  let headers: Headers | undefined
  return new Proxy(request, {
    get(target, name) {
      if (name === 'headers') return (headers ??= recordedHeaders(target.headers))
      // The web's own objects answer only for themselves.
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

function recordedHeaders(headers: Headers): Headers {
  return new Proxy(headers, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      const method = value.bind(target) as (...args: unknown[]) => unknown
      return (...args: unknown[]) => {
        const isOne = (name === 'get' || name === 'has') && typeof args[0] === 'string'
        currentRecording()?.read('header', isOne ? (args[0] as string).toLowerCase() : 'any')
        return method(...args)
      }
    },
  })
}
