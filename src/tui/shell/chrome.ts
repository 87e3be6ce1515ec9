/** Of the terminal, or of a part of it. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

/** From here on both legs stand beside each other. */
export const leastForTwo = 70

/** From here on what is to be said of a message stands below it; in less room, that of the selected one at the foot. */
export const leastForFacts = 100

/** Rows of the page: one fewer than the terminal has, or the terminal scrolls. */
export const pageRows = ({ rows }: Size): number => Math.max(6, rows - 1)

/** The rows that a screen keeps free besides those that scroll. */
export interface Room {
  /** Above the key hints, for more of what is selected. They are kept free, so that nothing jumps. */
  readonly info: number
  /** Under the title. */
  readonly pinned: number
}

export const usualRoom: Room = { info: 1, pinned: 0 }

/** Rows left for what scrolls: all but the header, the title, what is pinned, the info and the key hints. */
export const bodyRows = (size: Size, { info, pinned }: Room = usualRoom): number =>
  Math.max(1, pageRows(size) - 3 - info - pinned)
