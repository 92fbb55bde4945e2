import type { NodeDefinition } from '@beatloom/core'
import { detectBeats } from './detect-beats.ts'
import { editBeats } from './edit-beats.ts'
import { reportBeats } from './report-beats.ts'

export { analyseBeats, type BeatAnalysis, type BeatAnalysisOptions } from './analyse-beats.ts'
export { AUDIO_FEATURE_COUNT, AUDIO_FEATURE_RATE, audioFeatures, beatPhase } from './audio-features.ts'
export { type BeatScore, scoreBeats } from './f-measure.ts'

export const beatsNodes: NodeDefinition[] = [detectBeats, editBeats, reportBeats]
