/**
 * `--redact` takes a file only by `=`: what stands after it is the next argument, and no file. What follows `--` is
 * somebody else's, and so may be any word of `parley run`.
 */
export function bareRedact(argv: readonly string[]): readonly string[] {
  const [, , command] = argv
  const end = command === 'run' ? 0 : argv.indexOf('--')
  return argv.map((word, place) => (word === '--redact' && (end < 0 || place < end) ? '--redact=' : word))
}
