import { timingSafeEqual } from 'node:crypto'

/** Compares in a time that tells nothing about where two values differ. */
export function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.byteLength === right.byteLength && timingSafeEqual(left, right)
}
