/**
 * A text that can be pasted into a terminal without its bytes being commands: of control characters only tabs and line
 * ends stay, the others stand as `\x1b`.
 */
export const pasteable = (text: string): string =>
  text.replace(/\r\n|[^\P{Cc}\n\t]/gu, each => (each === '\r\n' ? each : hex(each)))

/** The same for what is one line. */
export const pasteableLine = (text: string): string => text.replace(/\p{Cc}/gu, hex)

const hex = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
