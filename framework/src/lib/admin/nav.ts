/** What stands around every page of the admin. */
import type { User } from '../core/user.ts'
import type { Access } from './access.ts'

/** A model in the navigation. */
export interface NavItem {
  slug: string
  title: string
}

/** Models under one heading; the app's own stand under none. */
export interface NavGroup {
  title: string
  items: NavItem[]
}

/** The models that the user may open, in their groups. */
export async function navigationOf(access: Access): Promise<NavGroup[]> {
  const open = await Promise.all(access.site.models.map((model) => access.may(model, 'view')))
  const groups = new Map<string, NavItem[]>()
  for (const { group, slug, title } of access.site.models.filter((_, index) => open[index])) {
    const items = groups.get(group) ?? []
    groups.set(group, items)
    items.push({ slug, title })
  }
  return [...groups].map(([title, items]) => ({ title, items }))
}

/** What somebody is called. */
export function nameOf({ name, email }: User): string {
  return name || email
}
