const mostLines = 5000 // the event log is shown whole
const longestLine = 2000

/** Says what a child writes, a line at a time, until it is too much for a log. */
export class ChildLog {
  readonly #say: (line: string) => void
  #lines = 0

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  /** Takes what comes from one of its outputs, in whatever pieces. */
  hearing(): (text: string) => void {
    let begun = ''
    return text => {
      const lines = (begun + text).split('\n')
      begun = lines.pop()!
      if (begun.length > longestLine) {
        lines.push(begun)
        begun = ''
      }
      for (const line of lines) this.#log(line.slice(0, longestLine))
    }
  }

  #log(line: string): void {
    if (this.#lines++ < mostLines) this.#say(line)
    else if (this.#lines === mostLines + 1) this.#say('(what the command prints from here on is not kept)')
  }
}
