/** Decides which pieces of a module the browser needs. */
import type { Part } from './module-parts.ts'

/** The pieces that begin the search. */
export interface Roots {
  /** Exports the browser keeps. */
  kept: Part[]
  /** Exports that only the server has, and imports that only it can follow. */
  removed: Part[]
  /** Top-level statements that declare nothing. */
  effects: Part[]
}

/**
 * Finds the pieces that stay in the browser: what the kept exports use, and the statements that belong to it.
 *
 * A statement that declares nothing (`Sentry.init()`, `Page.displayName = …`) goes when it touches, also by way of others,
 * something that only the removed exports use, unless it changes a value that the kept code reads. Otherwise it stays, with
 * what it uses.
 */
export function livePieces(pieces: Part[], roots: Roots): Set<Part> {
  const byName = indexed(pieces)
  const live = reach(roots.kept, byName, new Set())
  const server = reach(roots.removed, byName, new Set())
  const changesView = ({ free }: Part): boolean => [...free.mutated].some((name) => byName.get(name)?.some((part) => live.has(part)))
  const touchesServer = (part: Part): boolean => [...reach([part], byName, new Set())].some((used) => server.has(used) && !live.has(used))

  let waiting = roots.effects
  for (;;) {
    const staying = waiting.filter((part) => changesView(part) || !touchesServer(part))
    if (staying.length === 0) return live
    reach(staying, byName, live)
    waiting = waiting.filter((part) => !live.has(part))
  }
}

function indexed(pieces: Part[]): Map<string, Part[]> {
  const byName = new Map<string, Part[]>()
  for (const piece of pieces)
    for (const name of piece.names) {
      const named = byName.get(name)
      // The overloads of a function share its name.
      if (named) named.push(piece)
      else byName.set(name, [piece])
    }
  return byName
}

/** Adds `from` and everything it needs to `reached`. */
function reach(from: Part[], byName: Map<string, Part[]>, reached: Set<Part>): Set<Part> {
  const queue = [...from]
  for (let part = queue.pop(); part; part = queue.pop()) {
    if (reached.has(part)) continue
    reached.add(part)
    if (part.needs) queue.push(part.needs)
    for (const name of part.free.names) queue.push(...(byName.get(name) ?? []))
  }
  return reached
}
