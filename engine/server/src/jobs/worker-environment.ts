/**
 * How the C library's allocator behaves in the worker and its ffmpeg: few heaps, and large blocks returned to the
 * system when they are freed. Left to itself it keeps the weights and buffers of models that are gone: an eight-second
 * song video peaks at 983 MB instead of 953 (2 cores, 2026-11-23; a threshold of 256 KiB: 850 MB and a second more of
 * system time). Read by glibc alone, once, at a process's start.
 */
const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: String(4 * 2 ** 20) }

/** What the worker starts with; settings that a person made count. */
export function workerEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...ALLOCATOR, ...env }
}
