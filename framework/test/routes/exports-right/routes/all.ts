export const GET = () => null
export const HEAD = () => null
export const POST = () => null
export const PUT = () => null
export const PATCH = () => null
export const DELETE = () => null
export const OPTIONS = () => null
export const middleware = []
export const search = undefined
export const cache = { seconds: 1 }
