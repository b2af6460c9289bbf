export const action = () => null
export default function View() {
  return null
}
