/** Finds routes that answer the same URL. */
import { HotclubError } from '../core/hotclub-error.ts'
import { isRoot, layoutId } from './app-files.ts'
import { shapeKey, shapesOf, shapeText } from './shapes.ts'
import type { RouteRecord, Segment } from './types.ts'

/** One problem for each pair of files that conflict, naming both. @param outer Layouts and roots, whose ids are no route's */
export function findConflicts(routes: readonly RouteRecord[], outer: readonly string[]): HotclubError[] {
  const problems: HotclubError[] = []
  const owners = new Map<string, RouteRecord>()
  for (const route of routes.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    const told = new Set<RouteRecord>()
    for (const shape of shapesOf(route.segments)) {
      const key = shapeKey(shape)
      const other = owners.get(key)
      if (!other) owners.set(key, route)
      else if (other !== route && !told.has(other)) {
        told.add(other)
        problems.push(conflict(other, route, shape))
      }
    }
  }
  const outerIds = new Map(outer.map((file) => [layoutId(file), file]))
  for (const route of routes) {
    const file = outerIds.get(route.id)
    if (file !== undefined) {
      const name = isRoot(file) ? 'root' : 'layout'
      problems.push(
        new HotclubError('HC_ROUTE_CONFLICT', {
          where: `app/${route.file}`,
          message: `The route app/${route.file} has the same id as the ${name} app/${file}: '${route.id}'.`,
          hint: `Rename the folder '${name}'.`,
        }),
      )
    }
  }
  return problems
}

function conflict(first: RouteRecord, second: RouteRecord, shape: readonly Segment[]): HotclubError {
  return new HotclubError('HC_ROUTE_CONFLICT', {
    where: `app/${second.file}`,
    message: `app/${first.file} and app/${second.file} answer the same URL: ${shapeText(shape)}`,
    hint: shape.some((segment) => segment.kind !== 'static')
      ? 'Remove or move one of them. The name of a parameter and the groups around it make no difference; a converter does: [id=int].'
      : 'Remove or move one of them. Groups, and optional segments left out, add nothing to the URL.',
  })
}
