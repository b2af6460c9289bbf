export type Props = { a: 1 }
export interface Row {}
export const { loader, actions: { action } } = parts()
function parts() {
  return { loader: () => null, actions: { action: () => null } }
}
export default function View() {
  return null
}
