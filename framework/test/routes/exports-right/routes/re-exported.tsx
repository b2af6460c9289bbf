export { loader, default, type Props } from '../lib/page.ts'
