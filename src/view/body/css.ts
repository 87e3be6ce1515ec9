import { textOf } from './charset.ts'
import { codeLines } from './code-layout.ts'
import type { Render } from './renderer.ts'

/** CSS; minified CSS with a line for every declaration. */
export const renderCss: Render = (input, { maxLines }) => codeLines(textOf(input), { script: false }, maxLines)
