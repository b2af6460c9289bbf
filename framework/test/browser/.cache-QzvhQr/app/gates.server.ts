/** Where loaders wait until the test, which runs in the same process, lets them go on. */
export interface Gates {
  wait(name: string): Promise<string>
}

export function wait(name: string): Promise<string> {
  return (globalThis as typeof globalThis & { gates: Gates }).gates.wait(name)
}
