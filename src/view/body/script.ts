import { textOf } from './charset.ts'
import { codeLines } from './code-layout.ts'
import type { Render } from './renderer.ts'

/** JavaScript; minified code with lines at braces and semicolons. */
export const renderScript: Render = (input, { maxLines }) => codeLines(textOf(input), { script: true }, maxLines)
