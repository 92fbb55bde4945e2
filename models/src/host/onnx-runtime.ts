/** ONNX Runtime as the inference thread and the probe process use it; loading it takes its thread's time and memory. */
import { env, InferenceSession, Tensor } from 'onnxruntime-node'

// Where `Float16Array` exists (Node 24) the runtime's JavaScript half insists on it for half floats, while the native
// half of 1.29 reads it as empty. Without it both use a Uint16Array of bits.
delete (globalThis as { Float16Array?: unknown }).Float16Array

// What goes wrong is thrown as well; the log would say it twice.
env.logLevel = 'fatal'

export { env, InferenceSession, Tensor }
