import { z } from 'zod'

/**
 * How the graph is arranged on the canvas: nothing here changes what a run computes. Nodes stay flat in the file;
 * groups and sub-graphs are ways of seeing them.
 */

export const GROUP_COLOURS = ['grey', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'] as const
export type GroupColour = (typeof GROUP_COLOURS)[number]

export const groupSchema = z.looseObject({
  id: z.string().min(1),
  title: z.string().default(''),
  colour: z.enum(GROUP_COLOURS).catch('grey').default('grey'),
  /** `frame`: drawn around its members. `subgraph`: drawn as one box; its members are seen by entering it. */
  kind: z.enum(['frame', 'subgraph']).default('frame'),
  /** A node is a member of one group at most. */
  nodes: z.array(z.string()).default([]),
  /** The group this one lies in. */
  parent: z.string().optional(),
  /** A collapsed frame is drawn as a box with its outer ports, like a sub-graph. */
  collapsed: z.boolean().optional(),
  /** Place of the box: of a sub-graph, or of a frame while collapsed. */
  at: z.tuple([z.number(), z.number()]).optional(),
})
export type Group = z.infer<typeof groupSchema>

const markSchema = z.looseObject({
  /** Drawn as its title and ports alone. */
  collapsed: z.boolean().optional(),
  /** Cannot be moved. */
  pinned: z.boolean().optional(),
  /** Its values cannot be changed by hand. */
  locked: z.boolean().optional(),
  /** A person's own names for ports, by `input.NAME` or `output.NAME`. */
  labels: z.record(z.string(), z.string()).optional(),
})
export type NodeMark = z.infer<typeof markSchema>

const linkMarkSchema = z.looseObject({
  /** Drawn as a coloured name at both ends instead of a line. */
  tag: z.boolean().optional(),
})
export type LinkMark = z.infer<typeof linkMarkSchema>

export const layoutSchema = z.looseObject({
  /** Top left corner, px; a width and height may follow. */
  nodes: z.record(z.string(), z.tuple([z.number(), z.number()]).rest(z.number())).default({}),
  groups: z.array(groupSchema).default([]),
  /** By node id. */
  marks: z.record(z.string(), markSchema).optional(),
  /** By `NODE.PORT>NODE.PORT`, from output to input. */
  links: z.record(z.string(), linkMarkSchema).optional(),
})
