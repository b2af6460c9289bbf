/**
 * Lets an object have what else there is on one of Prisma's, like what an extension has added.
 *
 * @param ours A prototype; what it has stays
 * @param prisma What it is to have the names of
 * @param prismaOf Finds Prisma's object of one of ours
 */
export function forwardOthers(ours: object, prisma: object, prismaOf: (self: object) => object): void {
  for (const name of Object.keys(prisma)) {
    if (name in ours || name.startsWith('_')) continue
    Object.defineProperty(ours, name, {
      get(this: object) {
        return Reflect.get(prismaOf(this), name) as unknown
      },
    })
  }
}
