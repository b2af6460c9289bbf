export const GET = () => new Response('ok')
export default function View() {
  return null
}
