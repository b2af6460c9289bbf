import type { Progress } from '../../db/transfer/progress.ts'

/** How often the line is written anew, in milliseconds. */
const interval = 100

/** One line in the terminal that tells how far something has come; nothing where there is no terminal. */
export class ProgressLine implements Disposable {
  /** Rows so far. */
  done = 0
  #begun = performance.now()
  #shown = 0

  /** Takes the news; bound, to be passed on. */
  readonly show = ({ name, done, total }: Progress): void => {
    this.done = done
    const now = performance.now()
    if (!process.stderr.isTTY || now - this.#shown < interval) return
    this.#shown = now
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
    const rate = Math.round((1000 * done) / Math.max(1, now - this.#begun))
    const number = (value: number): string => value.toLocaleString('en')
    process.stderr.write(`\r\u001b[K  ${name}: ${number(done)} of ${number(total)} rows · ${percent} % · ${number(rate)} a second`)
  };

  /** Takes the line away. */
  [Symbol.dispose](): void {
    if (this.#shown > 0) process.stderr.write('\r\u001b[K')
  }
}
