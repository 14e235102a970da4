import { bindingOf, type CompiledKernel, type Dispatch } from './kernel';

/** Uniform bindings start at multiples of this (minUniformBufferOffsetAlignment's maximum). */
export const UNIFORM_ALIGNMENT = 256;

/** The uniforms of all dispatches in a row, each at a slot of its own. */
export function packUniforms(dispatches: readonly Dispatch[]): Uint32Array<ArrayBuffer> {
  const uniforms = dispatches.flatMap((dispatch) => Object.values(dispatch.uniforms));
  const words = new Uint32Array((uniforms.length * UNIFORM_ALIGNMENT) / 4);
  uniforms.forEach((values, slot) => words.set(values, (slot * UNIFORM_ALIGNMENT) / 4));
  return words;
}

/** A bind group for each dispatch; `uniforms` holds what `packUniforms` gave. */
export function bindGroups(
  device: GPUDevice,
  dispatches: readonly Dispatch[],
  compiled: readonly CompiledKernel[],
  uniforms: GPUBuffer,
): GPUBindGroup[] {
  let slot = 0;
  return dispatches.map((dispatch, index) => {
    const { definition, layout } = compiled[index]!;
    const slots = new Map(Object.keys(dispatch.uniforms).map((name) => [name, slot++]));
    const entries = definition.bindings.map(({ name, kind }, binding): GPUBindGroupEntry => {
      if (kind !== 'uniform') return { binding, resource: bindingOf(dispatch.buffers[name]!) };
      const offset = slots.get(name)! * UNIFORM_ALIGNMENT;
      // Sizes of uniform bindings are multiples of 16 in WGSL's layout.
      const size = Math.ceil(dispatch.uniforms[name]!.byteLength / 16) * 16;
      return { binding, resource: { buffer: uniforms, offset, size } };
    });
    return device.createBindGroup({ label: definition.name, layout, entries });
  });
}

export function encodeDispatch(
  pass: GPUComputePassEncoder,
  { workgroups }: Dispatch,
  { pipeline }: CompiledKernel,
  bindGroup: GPUBindGroup,
): void {
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(...workgroups);
}

/**
 * Dispatches that are encoded again and again: uniforms and bind groups are made once. Owns its
 * uniform buffer.
 */
export class Recording {
  readonly #bindGroups: readonly GPUBindGroup[];
  readonly #uniforms: GPUBuffer;

  constructor(
    device: GPUDevice,
    readonly dispatches: readonly Dispatch[],
    private readonly compiled: readonly CompiledKernel[],
  ) {
    const words = packUniforms(dispatches);
    this.#uniforms = device.createBuffer({
      label: 'recorded uniforms',
      size: words.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(this.#uniforms, 0, words);
    this.#bindGroups = bindGroups(device, dispatches, compiled, this.#uniforms);
  }

  encode(pass: GPUComputePassEncoder, index: number): void {
    encodeDispatch(pass, this.dispatches[index]!, this.compiled[index]!, this.#bindGroups[index]!);
  }

  destroy(): void {
    this.#uniforms.destroy();
  }
}
