import type { ModelMetadata } from '../schema/types.ts'
export interface Change {
  readonly model: ModelMetadata
  readonly kind: 'create' | 'update' | 'delete' | 'link'
  readonly rows?: readonly Record<string, unknown>[]
}
export function observeChanges(_db: object, _listener: (changes: readonly Change[]) => void): () => void {
  return () => {}
}
