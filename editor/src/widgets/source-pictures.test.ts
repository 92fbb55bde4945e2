import { type NodeDescriptor, parseWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { testDescriptors } from '../document/test-graph.ts'
import { sourcePicture, sourcePictures } from './use-source-picture.ts'

const album: NodeDescriptor = {
  ...testDescriptors.get('image.load')!,
  type: 'test.album',
  params: [{ name: 'files', description: '', default: [], schema: {}, widget: 'file', accept: 'image', several: true }],
}
const cut: NodeDescriptor = {
  ...testDescriptors.get('image.load')!,
  type: 'test.cut',
  inputs: [{ name: 'image', type: 'IMAGE' }],
}
const descriptors = new Map([...testDescriptors, ['test.album', album], ['test.cut', cut]])
const workflowOf = (files: unknown) =>
  parseWorkflow({
    beatloom: 1,
    nodes: {
      album: { type: 'test.album', params: { files } },
      cut: { type: 'test.cut', links: { image: { node: 'album', port: 'images' } } },
    },
  })

it('finds all pictures of the nearest node that opens any, in their order, and the first where one is meant', () => {
  expect(sourcePictures(workflowOf(['b.jpg', 'a.jpg']), descriptors, 'cut')).toEqual(['b.jpg', 'a.jpg'])
  expect(sourcePicture(workflowOf(['b.jpg', 'a.jpg']), descriptors, 'cut')).toBe('b.jpg')
  expect(sourcePicture(workflowOf('a.jpg'), descriptors, 'cut')).toBe('a.jpg')
  expect(sourcePicture(workflowOf([]), descriptors, 'cut')).toBeNull()
})
