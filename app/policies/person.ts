import { definePolicy } from 'hotclub/auth'

/** The archive is for everybody to read. */
export default definePolicy('person', { read: true })
