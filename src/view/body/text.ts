import { printableLines } from '../printable.ts'
import { firstLines, type Render, textOf } from './renderer.ts'

/** The body as text in its charset, line by line. */
export const renderText: Render = (input, maxLines) => firstLines(printableLines(textOf(input)), maxLines)
