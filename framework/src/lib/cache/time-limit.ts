/**
 * Waits for something no longer than so many milliseconds. What comes later is ignored.
 *
 * @throws An error that says so, when it takes longer
 */
export async function withTimeLimit<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`No answer within ${milliseconds} ms.`)), milliseconds)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
