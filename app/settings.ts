import { defineSettings } from 'hotclub'
import { z } from 'zod'

/** Every runtime setting of Matinée. What is not named here keeps the framework's default. */
export default defineSettings(
  {
    /** Where the public finds the site, for canonical links and the sitemap: `https://matinee.example`. */
    SITE_URL: z.url({ protocol: /^https?$/ }).optional(),
  },
  () => ({ trailingSlash: 'never' }),
)
