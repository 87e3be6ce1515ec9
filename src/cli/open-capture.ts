import { type Capture, openCapture } from '../store/capture.ts'
import { decodedBody } from '../view/body/decoded.ts'
import { inflatedMessages } from '../view/frames/websocket-inflate.ts'
import { capturePath } from './captures.ts'
import { note } from './fail.ts'

/** The capture of a path or a name, with bodies to search in; says where bodies of it cannot be read. */
export function openNamed(name: string): Capture {
  const capture = openCapture(capturePath(name), { decode: { body: decodedBody, messages: inflatedMessages } })
  const problem = capture.bodyProblem()
  if (problem) note(problem.remedy === undefined ? problem.message : `${problem.message}. ${problem.remedy}`)
  return capture
}
