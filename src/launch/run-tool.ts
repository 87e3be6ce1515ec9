import { execFile } from 'node:child_process'

const longest = 20_000 // ms

/** Runs a small program to its end. Rejects with what it complained of, in a line. */
export function runTool(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: longest }, (error, _, stderr) => {
      if (!error) resolve()
      else if (error.code === 'ENOENT') reject(new Error(`${command} is not installed`))
      else reject(new Error(`${command}: ${stderr.trim().split('\n').at(-1) || error.message}`))
    })
  })
}
