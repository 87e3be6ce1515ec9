const longest = 2000

/** Arguments as one line for eyes: line breaks and runs of blanks become one blank, and a long one is cut. */
export function commandLine(words: readonly string[]): string {
  const line = words.join(' ').replace(/\s+/g, ' ').trim()
  return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed()}…`
}
