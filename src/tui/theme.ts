import chalk, { type ChalkInstance, type ForegroundColorName } from 'chalk'
import { printable } from '../view/printable.ts'
import type { Ground, Line, Span, Tone } from './line.ts'

export interface Look {
  /** A name, or a number of the 256 colours. */
  readonly color?: ForegroundColorName | number
  readonly backgroundColor?: number
  readonly bold?: boolean
  readonly dimColor?: boolean
  readonly inverse?: boolean
  readonly underline?: boolean
}

export interface Theme {
  readonly tones: Readonly<Record<Tone, Look>>
  readonly grounds: Readonly<Record<Ground, Look>>
}

export type ThemeName = 'dark' | 'light' | 'none'

const colourful: Readonly<Record<Tone, Look>> = {
  good: { color: 'green' },
  bad: { color: 'red' },
  warn: { color: 'yellow' },
  dim: { dimColor: true },
  bold: { bold: true },
  accent: { color: 'cyan' },
  key: { color: 'cyan', bold: true },
}

export const themes: Readonly<Record<ThemeName, Theme>> = {
  dark: {
    tones: colourful,
    grounds: {
      selected: { backgroundColor: 238, bold: true },
      lit: { backgroundColor: 24, color: 'whiteBright' },
      match: { backgroundColor: 58 },
      bar: { backgroundColor: 235 },
    },
  },
  light: {
    tones: {
      ...colourful,
      warn: { color: 130 },
      accent: { color: 'blue' },
      key: { color: 'blue', bold: true },
    },
    grounds: {
      selected: { backgroundColor: 252, bold: true },
      lit: { backgroundColor: 153, color: 'black' },
      match: { backgroundColor: 229 },
      bar: { backgroundColor: 255 },
    },
  },
  none: {
    tones: {
      good: {},
      bad: { bold: true },
      warn: {},
      dim: { dimColor: true },
      bold: { bold: true },
      accent: {},
      key: { bold: true },
    },
    grounds: { selected: { inverse: true }, lit: { inverse: true }, match: { underline: true }, bar: {} },
  },
}

/** NO_COLOR (no-color.org) wins; then COLORFGBG, which many terminals set, tells a light background. */
export function chooseTheme(environment: Readonly<Record<string, string | undefined>>): ThemeName {
  if (environment.NO_COLOR) return 'none'
  const background = Number(environment.COLORFGBG?.split(';').at(-1) || Number.NaN)
  return background === 7 || background === 15 ? 'light' : 'dark'
}

export function lookOf({ tone, ground }: Span, theme: Theme): Look {
  const look = { ...(tone && theme.tones[tone]), ...(ground && theme.grounds[ground]) }
  // Dim on a background of its own is hard to read.
  return ground && look.dimColor ? { ...look, dimColor: false } : look
}

/** The line as a terminal draws it. Its text is printable; should any not be, this is the last place to see to it. */
export const painted = (spans: Line, theme: Theme): string =>
  spans.map(each => brush(each, theme)(printable(each.text))).join('')

function brush(each: Span, theme: Theme): (text: string) => string {
  const { color, backgroundColor, bold, dimColor, inverse, underline } = lookOf(each, theme)
  let style: ChalkInstance = chalk
  if (theme !== themes.none && each.fg) style = style.hex(each.fg)
  if (theme !== themes.none && each.bg) style = style.bgHex(each.bg)
  if (color !== undefined) style = typeof color === 'number' ? style.ansi256(color) : style[color]
  if (backgroundColor !== undefined) style = style.bgAnsi256(backgroundColor)
  if (bold) style = style.bold
  if (dimColor) style = style.dim
  if (inverse) style = style.inverse
  return underline ? style.underline : style
}
