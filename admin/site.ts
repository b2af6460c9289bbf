import { defineSite } from 'hotclub/admin'

/** The admin under /admin, for the staff. */
export default defineSite({ title: 'Matinée' })
