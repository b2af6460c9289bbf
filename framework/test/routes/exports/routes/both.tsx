export const action = () => null
export const actions = {}
export default function View() {
  return null
}
