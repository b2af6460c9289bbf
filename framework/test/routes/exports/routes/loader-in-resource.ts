export const GET = () => new Response('ok')
export const loader = () => null
