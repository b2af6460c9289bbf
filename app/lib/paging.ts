import { z } from 'zod'

/** `page` of a query string, from 1; anything else is page 1. */
export const pageNumber = z.coerce.number().int().min(1).max(10_000).default(1).catch(1)
