/** What a browser calls itself, cut where somebody has written a novel. */
export function userAgentOf(request: Request): string {
  return (request.headers.get('user-agent') ?? '').slice(0, 300)
}
