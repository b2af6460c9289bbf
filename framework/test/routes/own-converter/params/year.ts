import { defineParam } from 'hotclub'

export default defineParam({ parse: (text) => (/^\d{4}$/.test(text) ? Number(text) : undefined), format: String })
