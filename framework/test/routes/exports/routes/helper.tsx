export default function View() {
  return null
}

export function formatPrice() {
  return '7'
}
