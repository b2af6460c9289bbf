import { defineAuth } from 'hotclub/auth'

export default defineAuth({ siteName: 'A fresh app' })
