/**
 * Where a picture of flows puts its subjects and arrows: subjects on an ellipse in the order of the configuration, each arrow a curve
 * that bends to its right, so that the two directions of a pair lie apart. Lengths in units of the picture.
 */
import type { FlowDiagram, FlowNature } from '../items/flow-diagram.js'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface PlacedSubject {
  readonly centre: Point
  readonly width: number
  readonly height: number
  /** What fits into the box. */
  readonly label: string
}

export interface PlacedFlow {
  /** Quadratic curve from box to box. */
  readonly start: Point
  readonly bend: Point
  readonly end: Point
  /** Corners of the arrow head, its tip first. */
  readonly head: readonly [Point, Point, Point]
  readonly nature: FlowNature
}

export interface FlowLayout {
  readonly width: number
  readonly height: number
  readonly subjects: readonly PlacedSubject[]
  readonly flows: readonly PlacedFlow[]
}

/** With more the arrows cover one another: the table says more. */
export const mostDrawnSubjects = 24

const boxHeight = 34
const signWidth = 7.6
const longestLabel = 22
const margin = 12
/** Share of its length by which an arrow leaves the straight line. */
const bending = 0.16
const headLength = 9
const headWidth = 8

export function layoutFlows({ subjects, flows }: FlowDiagram): FlowLayout {
  const labels = subjects.map(shortened)
  const widest = Math.max(60, ...labels.map((label) => boxWidth(label)))
  const radius = { x: Math.max(150, (subjects.length * (widest + 24)) / (2 * Math.PI)), y: Math.max(100, subjects.length * 14) }
  const around = labels.map((label, at): PlacedSubject => {
    const angle = (2 * Math.PI * at) / subjects.length - Math.PI
    const centre = { x: radius.x * Math.cos(angle), y: radius.y * Math.sin(angle) }
    return { centre, width: boxWidth(label), height: boxHeight, label }
  })
  const { corner, width, height } = extent(around, flows)
  const placed = around.map((box) => ({ ...box, centre: rounded({ x: box.centre.x - corner.x, y: box.centre.y - corner.y }) }))
  const drawn = flows.flatMap(({ from, to, nature }): readonly PlacedFlow[] => {
    const [start, end] = [placed[from], placed[to]]
    return start === undefined || end === undefined ? [] : [arrow(start, end, nature)]
  })
  return { width, height, subjects: placed, flows: drawn }
}

/** What boxes and arrows take up, with a margin around it. */
function extent(
  subjects: readonly PlacedSubject[],
  flows: FlowDiagram['flows'],
): { readonly corner: Point; readonly width: number; readonly height: number } {
  const points = [
    ...subjects.flatMap(({ centre: { x, y }, width, height }) => [
      { x: x - width / 2, y: y - height / 2 },
      { x: x + width / 2, y: y + height / 2 },
    ]),
    ...flows.flatMap(({ from, to }) => {
      const [start, end] = [subjects[from], subjects[to]]
      return start === undefined || end === undefined ? [] : [bendOf(start.centre, end.centre)]
    }),
  ]
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const corner = { x: Math.min(0, ...xs) - margin, y: Math.min(0, ...ys) - margin }
  return { corner, width: Math.ceil(Math.max(0, ...xs) + margin - corner.x), height: Math.ceil(Math.max(0, ...ys) + margin - corner.y) }
}

function bendOf(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2 - (b.y - a.y) * bending, y: (a.y + b.y) / 2 + (b.x - a.x) * bending }
}

function arrow(from: PlacedSubject, to: PlacedSubject, nature: FlowNature): PlacedFlow {
  const bend = bendOf(from.centre, to.centre)
  const start = atBorder(from, bend)
  const tip = atBorder(to, bend)
  const length = Math.hypot(tip.x - bend.x, tip.y - bend.y) || 1
  const along = { x: (tip.x - bend.x) / length, y: (tip.y - bend.y) / length }
  const base = { x: tip.x - along.x * headLength, y: tip.y - along.y * headLength }
  const side = (sign: number): Point => ({ x: base.x - (along.y * sign * headWidth) / 2, y: base.y + (along.x * sign * headWidth) / 2 })
  return {
    start: rounded(start),
    bend: rounded(bend),
    end: rounded(base),
    head: [rounded(tip), rounded(side(1)), rounded(side(-1))],
    nature,
  }
}

/** Where the line from the centre of the box to `target` leaves the box. */
function atBorder({ centre, width, height }: PlacedSubject, target: Point): Point {
  const [x, y] = [target.x - centre.x, target.y - centre.y]
  const scale = Math.min(x === 0 ? Infinity : width / 2 / Math.abs(x), y === 0 ? Infinity : height / 2 / Math.abs(y))
  return Number.isFinite(scale) ? { x: centre.x + x * scale, y: centre.y + y * scale } : centre
}

function boxWidth(label: string): number {
  return Math.ceil(label.length * signWidth) + 24
}

function shortened(name: string): string {
  return name.length <= longestLabel ? name : `${name.slice(0, longestLabel - 1)}…`
}

/** Tenths: equal on every machine, and short. */
function rounded({ x, y }: Point): Point {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
}
