import { spawn } from 'node:child_process'
import type { Environment, Program } from './open-file.ts'

const patience = 2000 // ms

/** The programs that may fill this machine's clipboard, the likeliest first; none where nobody sits at its screen. */
export function clipboardTools(
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): readonly Program[] {
  if (platform === 'darwin') return [['pbcopy']]
  if (platform === 'win32') return [['clip']]
  return [
    ...(environment.WAYLAND_DISPLAY ? [['wl-copy'] as const] : []),
    ...(environment.DISPLAY
      ? ([
          ['xclip', '-selection', 'clipboard'],
          ['xsel', '--clipboard', '--input'],
        ] as const)
      : []),
    ...(environment.WSL_DISTRO_NAME ? [['clip.exe'] as const] : []),
  ]
}

/** Hands the text to the first program that takes it, and answers with its name; undefined where none does. */
export async function fillClipboard(text: string, tools: readonly Program[]): Promise<string | undefined> {
  for (const tool of tools) if (await takes(tool, text)) return tool[0]
  return undefined
}

/** They hold the text from the background, so what they inherit must not keep anybody waiting. */
function takes([command, ...args]: Program, text: string): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: patience })
    child.once('error', () => resolve(false))
    child.once('exit', code => resolve(code === 0))
    child.stdin.on('error', () => {}) // it has left: the exit code tells
    child.stdin.end(text)
  })
}
