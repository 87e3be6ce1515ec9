import type { ReadMedia } from '../../formats/media/facts.ts'
import { readFlac, readWav } from '../../formats/media/lossless.ts'
import { readMp3 } from '../../formats/media/mp3.ts'
import { readMp4 } from '../../formats/media/mp4.ts'
import { readOgg } from '../../formats/media/ogg.ts'
import { readWebm } from '../../formats/media/webm.ts'
import { formatBytes } from '../format.ts'
import { note } from './outline.ts'
import type { Render } from './renderer.ts'

const readers: readonly ReadMedia[] = [readMp4, readWebm, readOgg, readFlac, readWav, readMp3]

/** Container, duration and codecs of audio or video. */
export const renderMedia: Render = ({ bytes, wholeLength = bytes.length }, { maxLines }) => {
  for (const read of readers) {
    const facts = read(bytes, wholeLength)
    if (!facts) continue
    const { container, seconds, tracks } = facts
    const title = [container, ...(seconds === undefined ? [] : [clock(seconds)]), formatBytes(wholeLength)].join(', ')
    return [note(title, 'bold'), ...tracks.map(track => note(track))].slice(0, maxLines)
  }
  return undefined
}

/** `1:02:03.4` */
function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10)
  const [hours, minutes] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60]
  const rest = ((tenths % 600) / 10).toFixed(1)
  const two = (text: string | number) => String(text).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${rest.padStart(4, '0')}` : `${minutes}:${rest.padStart(4, '0')}`
}
