import type { CopyFormat } from './format.ts'
import { urlOf } from './request.ts'

export const url: CopyFormat = { key: 'url', name: 'URL', side: 'request', copy: urlOf }
