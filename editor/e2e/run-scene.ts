/** A small graph with a node in every state, for pictures of runs: what is made, what works or fails, what waits. */
export function runScene(worker: { type: string; params?: object }): string {
  return JSON.stringify({
    beatloom: 1,
    title: 'Cover, frame by frame',
    nodes: {
      picture: { type: 'image.load', params: { file: 'samples/cover.jpg' } },
      preview: { type: 'image.preview', links: { image: { node: 'picture', port: 'image' } } },
      start: { type: 'test.slow', title: 'Prepare', params: { steps: 1 } },
      worker: { ...worker, title: 'Draw the frames', links: { value: { node: 'start', port: 'value' } } },
      show: { type: 'value.show', links: { value: { node: 'worker', port: 'value' } } },
    },
    layout: {
      nodes: { picture: [0, 0], preview: [360, 0], start: [0, 400], worker: [360, 400], show: [720, 400] },
      groups: [],
    },
  })
}
