const on = false
export const hydrate = on
export default function View() {
  return null
}
