/** What an engine prints of an error on its rows: its message, in one line. */
export const shortly = (said: unknown): string =>
  (said instanceof Error ? `${said.name}: ${said.message}` : String(said)).replace(/\s*\n\s*/g, ' ')

/**
 * From now on `console` prints an error without its stack. http-mitm-proxy prints every error of every peer, most of
 * which only say that somebody hung up; what they mean is on the rows.
 */
export function shortenConsole(): void {
  for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const)
    console[method] = (...said) => void process.stderr.write(`${said.map(shortly).join(' ')}\n`)
}
