const waiting = new WeakMap<Element, () => void>()
let observer: IntersectionObserver | undefined

/**
 * Calls `act` once, when the element scrolls into view. One observer watches all elements.
 *
 * @returns Stops waiting
 */
export function onceInView(element: Element, act: () => void): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue
      observer!.unobserve(target)
      waiting.get(target)?.()
    }
  })
  waiting.set(element, act)
  observer.observe(element)
  return () => observer!.unobserve(element)
}
