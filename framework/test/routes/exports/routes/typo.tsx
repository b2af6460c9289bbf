export const laoder = () => null

export default function View() {
  return null
}
