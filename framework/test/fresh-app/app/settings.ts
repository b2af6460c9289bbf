import { defineSettings } from 'hotclub'
import { z } from 'zod'

export default defineSettings({ GREETING: z.string() })
