// Terminals drop longer ones, some without a word.
const most = 74_994

/** Asks the terminal to put the text on the clipboard (OSC 52); undefined where it is too long for that. */
export function osc52(text: string): string | undefined {
  const coded = Buffer.from(text).toString('base64')
  return coded.length > most ? undefined : `\x1b]52;c;${coded}\x07`
}
