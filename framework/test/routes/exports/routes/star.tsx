export * from '../lib/x.ts'
export default function View() {
  return null
}
