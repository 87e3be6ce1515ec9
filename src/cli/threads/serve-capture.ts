import type { Rulings } from '../../rules/rulings.ts'
import { openCapture } from '../../store/capture.ts'
import { RecordedAnswers } from '../serve/recorded-answers.ts'
import { serveRulings } from '../serve/serve-rulings.ts'

/** Which capture answers in the place of all servers. */
export interface Serving {
  readonly capture: string
  /** What is not in it is asked of the server. */
  readonly through: boolean
  /** Headers that count besides method, URL and body, in lower case. */
  readonly match: readonly string[]
}

/** Rulings that answer from a capture, which stays open for as long as the engine lives. Throws StoreError. */
export const servedBy = ({ capture, through, match }: Serving): Rulings =>
  serveRulings(new RecordedAnswers(openCapture(capture), match), through)
