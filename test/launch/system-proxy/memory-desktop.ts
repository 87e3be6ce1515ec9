import type { Desktop, Settings } from '../../../src/launch/system-proxy/desktop.ts'

/** A desktop that keeps its settings in memory. */
export interface MemoryDesktop extends Desktop {
  /** As they are now. */
  readonly settings: Record<string, string | null>
  /** How often programs were told. */
  announced: number
  /** What a write does in place of setting. */
  refuses?: (name: string, value: string | null) => void
}

export function memoryDesktop(name: string, settings: Settings, here = true): MemoryDesktop {
  const desktop: MemoryDesktop = {
    name,
    title: name.toUpperCase(),
    settings: { ...settings },
    announced: 0,
    isHere: () => here,
    read: () => ({ ...desktop.settings }),
    through: ({ host, port }) => ({ server: `${host}:${port}`, except: null, mode: 'on' }),
    write(key, value) {
      if (desktop.refuses) desktop.refuses(key, value)
      else desktop.settings[key] = value
    },
    announce: () => void desktop.announced++,
    describe: now => (now.mode === 'on' ? (now.server ?? '') : 'none'),
  }
  return desktop
}
