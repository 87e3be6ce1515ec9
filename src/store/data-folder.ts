import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where captures go when no file is named. */
export function captureFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  return join(dataFolder(environment, platform, home), 'parley', 'captures')
}

function dataFolder(environment: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = environment
  if (xdg?.startsWith('/')) return xdg // the XDG specification says to ignore a relative one
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  if (platform === 'win32') return local || join(home, 'AppData', 'Local')
  return join(home, '.local', 'share')
}
