import { defineParam } from 'hotclub'

/** `[decade=decade]`: `1990s` in the URL, its first year in the code. */
export default defineParam({
  parse: (text) => (/^(19|20)\d0s$/.test(text) ? Number(text.slice(0, 4)) : undefined),
  format: (year: number) => `${year}s`,
})
