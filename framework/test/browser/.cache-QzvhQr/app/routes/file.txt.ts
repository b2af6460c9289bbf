export function GET() {
  return new Response('A resource.', { headers: { 'content-type': 'text/plain' } })
}
