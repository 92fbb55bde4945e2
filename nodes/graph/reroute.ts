import { defineNode } from '@beatloom/core'
import { z } from 'zod'

/** A bend in a cable. Nothing runs: a link to its output is a link to what feeds it, of that type. */
export const reroute = defineNode({
  type: 'graph.reroute',
  version: 1,
  title: 'Reroute',
  description: 'A bend in a cable: passes on what feeds it, to as many inputs as you like.',
  category: 'Graph',
  aliases: ['dot', 'knot', 'bend', 'cable', '转接', '折点'],
  inputs: { in: { type: 'ANY' } },
  outputs: { out: { type: 'ANY' } },
  params: z.object({}),
  transparent: true,
  passThrough: { out: 'in' },
  run: ({ in: value }) => ({ out: value }),
})
