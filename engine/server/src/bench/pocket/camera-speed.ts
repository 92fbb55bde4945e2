import type { TimedPose } from './footage.ts'

export const AXES = ['pan', 'tilt', 'zoom', 'roll'] as const
export type Axis = (typeof AXES)[number]
export type CameraSpeed = Record<Axis, number>

/** What each asked move does in 8 s at normal speed: widths, widths, log-zoom, radians (how the model was taught). */
const NORMAL_OVER_8_S: CameraSpeed = { pan: 0.06, tilt: 0.045, zoom: 0.14, roll: 0.07 }

/** Speed along each axis in units of what "normal" means there: the slope of the line through the start that fits best. */
export function cameraSpeed(poses: readonly TimedPose[]): CameraSpeed {
  const power = poses.reduce((sum, { seconds }) => sum + seconds * seconds, 0)
  const slope = (axis: Axis) => poses.reduce((sum, { seconds, pose }) => sum + seconds * pose[axis], 0) / power
  return Object.fromEntries(AXES.map((axis) => [axis, slope(axis) / (NORMAL_OVER_8_S[axis] / 8)])) as CameraSpeed
}

export interface AskedMove {
  axis: Axis
  sign: 1 | -1
}

/** Of normal speed: what is slower nobody sees in a few seconds. */
const SEEN = 0.15

/** Whether every asked move is seen, has its sign and is larger than any that nobody asked for. */
export function obeys(speed: CameraSpeed, asked: readonly AskedMove[]): boolean {
  const others = AXES.filter((axis) => asked.every((move) => move.axis !== axis))
  const strongestOther = Math.max(SEEN, ...others.map((axis) => Math.abs(speed[axis])))
  return asked.every(({ axis, sign }) => speed[axis] * sign > strongestOther)
}
