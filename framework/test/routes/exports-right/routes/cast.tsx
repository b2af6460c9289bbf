export const hydrate = true as const
export default function View() {
  return null
}
