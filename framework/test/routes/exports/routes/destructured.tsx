export const { loader, acton } = { loader: () => null, acton: () => null }
export default function View() {
  return null
}
