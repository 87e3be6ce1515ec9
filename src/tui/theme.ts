import type { Ground, Span, Tone } from './line.ts'

/** The properties of Ink's Text that a theme may set. */
export interface Look {
  readonly color?: string
  readonly backgroundColor?: string
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
      selected: { backgroundColor: 'ansi256(238)', bold: true },
      lit: { backgroundColor: 'ansi256(24)', color: 'whiteBright' },
      match: { backgroundColor: 'ansi256(58)' },
      bar: { backgroundColor: 'ansi256(235)' },
    },
  },
  light: {
    tones: {
      ...colourful,
      warn: { color: 'ansi256(130)' },
      accent: { color: 'blue' },
      key: { color: 'blue', bold: true },
    },
    grounds: {
      selected: { backgroundColor: 'ansi256(252)', bold: true },
      lit: { backgroundColor: 'ansi256(153)', color: 'black' },
      match: { backgroundColor: 'ansi256(229)' },
      bar: { backgroundColor: 'ansi256(255)' },
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

export function lookOf({ tone, ground, fg, bg }: Span, theme: Theme): Look {
  const own = theme === themes.none ? {} : { ...(fg && { color: fg }), ...(bg && { backgroundColor: bg }) }
  const look = { ...(tone && theme.tones[tone]), ...own, ...(ground && theme.grounds[ground]) }
  // Dim on a background of its own is hard to read.
  return ground && look.dimColor ? { ...look, dimColor: false } : look
}
