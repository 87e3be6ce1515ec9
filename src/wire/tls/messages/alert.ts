import type { ByteReader } from '../../reader.ts'
import { showAlertDescription, showAlertLevel } from '../registry/alerts.ts'
import type { MessageValue } from '../values.ts'

/** RFC 8446 6 */
export function alert(r: ByteReader): MessageValue {
  const level = r.u8('level', showAlertLevel)
  const description = r.u8('description', showAlertDescription)
  r.end()
  return { name: 'alert', alert: { level, description } }
}
