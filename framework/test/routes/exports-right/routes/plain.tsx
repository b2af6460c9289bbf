export const hydrate = false
export default function View() {
  return null
}
