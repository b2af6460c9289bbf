/** How far the moving of rows has come. */
export interface Progress {
  /** The model or link whose rows are moved now. */
  name: string
  /** Rows of all models so far. */
  done: number
  total: number
}
