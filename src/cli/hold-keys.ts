type Keyboard = Pick<NodeJS.ReadStream, 'setRawMode' | 'on' | 'off' | 'read' | 'unref' | 'unshift'>

const interrupted = () => void process.kill(process.pid, 'SIGINT')
const ctrlC = 3

/**
 * What is typed from now on is not echoed, and waits for the screen; Ctrl-C still interrupts. The answer hands all that was
 * typed to whoever reads the keyboard next.
 */
export function holdKeys(keyboard: Keyboard = process.stdin, interrupt: () => void = interrupted): () => void {
  const typed: Buffer[] = []
  const heard = (): void => {
    for (let bytes: Buffer | null = keyboard.read(); bytes !== null; bytes = keyboard.read()) {
      if (bytes.includes(ctrlC))
        interrupt() // in raw mode the terminal leaves that to us
      else typed.push(bytes)
    }
  }
  keyboard.setRawMode(true)
  keyboard.on('readable', heard)
  keyboard.unref()
  return () => {
    keyboard.off('readable', heard)
    if (typed.length > 0) keyboard.unshift(Buffer.concat(typed))
  }
}
