export const POST = () => new Response('pong')
