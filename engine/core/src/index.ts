export * from './certificate.ts'
export * from './clock-clash.ts'
export { costOf, type Estimate, estimateRun, type Speed, UNKNOWN_WORK } from './cost.ts'
export * from './embedded.ts'
export * from './errors.ts'
export * from './events.ts'
export { type ExecuteOptions, executeRun } from './execute.ts'
export { type FactsByNode, inputFactsOf, knownParams } from './facts.ts'
export { factsOfValue } from './facts-of-value.ts'
export { shareFrames } from './frame-share.ts'
export {
  ancestorsOf,
  descendantsOf,
  eachLink,
  fileParams,
  findCycle,
  type Links,
  nearestName,
  topologicalOrder,
} from './graph.ts'
export * from './host.ts'
export * from './issues.ts'
export { GROUP_COLOURS, type Group, type GroupColour, type LinkMark, type NodeMark } from './layout.ts'
export { applyBeatEdits, EDIT_REACH_SECONDS, LEAST_GAP_SECONDS } from './music/apply-beat-edits.ts'
export { applyShotEdits, type EditedShots } from './music/apply-shot-edits.ts'
export { type BeatEdit, beatEditSchema, beatEditsSchema } from './music/beat-edits.ts'
export { meterOfBeats, type TempoPoint, tempoAt, tempoCurveOf, tempoOfBeats } from './music/beat-tempo.ts'
export { type Pace, usualShotSeconds } from './music/choose-cuts.ts'
export { PLAN_DEFAULTS, type PlanShotsOptions, planOfShots, planShots, type ShotPlan } from './music/plan-shots.ts'
export { CAMERA_MOVES, type CameraMove, USUAL_MOVES } from './music/shot-camera.ts'
export { type ShotEdit, shotEditSchema, shotEditsSchema } from './music/shot-edits.ts'
export { type ShotTextProblem, shotsToText, textToShotEdits } from './music/shot-text.ts'
export { sliceBeats } from './music/slice-beats.ts'
export { splitParts } from './music/split-parts.ts'
export * from './node-definition.ts'
export { keyPartsOf, type PlannedNode, planOf } from './plan.ts'
export * from './ports.ts'
export { prepareRun } from './prepare.ts'
export * from './prepared-run.ts'
export { rehearseRun } from './rehearse.ts'
export * from './services.ts'
export { type CurvePoint, unitCurveAt } from './unit-curve.ts'
export * from './value-facts.ts'
export * from './values.ts'
export * from './workflow.ts'
