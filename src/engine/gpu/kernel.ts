import { BpttError } from '../../model/errors';
import { composeShader, type ShaderDefines, type ShaderSources } from './composer';
import type { UniformStruct } from './structs';

/** One resource of a kernel; its index in the list is its @binding. */
export type Binding =
  | { readonly name: string; readonly kind: 'uniform'; readonly struct: UniformStruct }
  | { readonly name: string; readonly kind: 'read' | 'write' };

/** What the host knows of one shaders/<name>.wgsl. */
export interface KernelDefinition {
  readonly name: string;
  readonly bindings: readonly Binding[];
  /** The names of its override constants. */
  readonly overrides: readonly string[];
  /** The names of the constants it is composed for; none for most. */
  readonly defines?: readonly string[];
}

export type KernelConstants = Readonly<Record<string, number>>;

/** A kernel and what it is specialised to. */
export interface KernelVariant {
  readonly kernel: KernelDefinition;
  /** Override constants */
  readonly constants: KernelConstants;
  readonly defines?: ShaderDefines;
}

export interface CompiledKernel {
  readonly definition: KernelDefinition;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

function layoutEntry(binding: Binding, index: number): GPUBindGroupLayoutEntry {
  const type: GPUBufferBindingType =
    binding.kind === 'uniform'
      ? 'uniform'
      : binding.kind === 'read'
        ? 'read-only-storage'
        : 'storage';
  return { binding: index, visibility: GPUShaderStage.COMPUTE, buffer: { type } };
}

function keyOf({ kernel, constants, defines = {} }: KernelVariant): string {
  return `${kernel.name} ${JSON.stringify(constants)} ${JSON.stringify(defines)}`;
}

/**
 * Compiles kernels for one device, each (kernel, constants) once; two requests in flight share one
 * compilation, and a failed one is forgotten so that it can be tried again.
 */
export class KernelLibrary {
  readonly #compiled = new Map<string, Promise<CompiledKernel>>();
  readonly #ready = new Set<string>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();

  constructor(
    readonly device: GPUDevice,
    readonly sources: ShaderSources,
  ) {}

  /** @throws BpttError 'shader-error' with the shader's file and line. */
  compile(variant: KernelVariant): Promise<CompiledKernel> {
    const key = keyOf(variant);
    let pending = this.#compiled.get(key);
    if (pending === undefined) {
      pending = this.#compile(variant);
      this.#compiled.set(key, pending);
      pending.then(
        () => this.#ready.add(key),
        () => this.#compiled.delete(key),
      );
    }
    return pending;
  }

  /** Whether the variant has been compiled already. */
  isReady(variant: KernelVariant): boolean {
    return this.#ready.has(keyOf(variant));
  }

  #layout(definition: KernelDefinition): GPUBindGroupLayout {
    let layout = this.#layouts.get(definition.name);
    if (layout === undefined) {
      layout = this.device.createBindGroupLayout({
        label: definition.name,
        entries: definition.bindings.map(layoutEntry),
      });
      this.#layouts.set(definition.name, layout);
    }
    return layout;
  }

  async #compile({
    kernel: definition,
    constants,
    defines,
  }: KernelVariant): Promise<CompiledKernel> {
    const file = `${definition.name}.wgsl`;
    const shader = composeShader(file, this.sources, defines);
    const layout = this.#layout(definition);
    this.device.pushErrorScope('validation');
    const module = this.device.createShaderModule({ label: definition.name, code: shader.code });
    const scope = this.device.popErrorScope();
    // Without messages the pipeline is worth asking for at once; both answers arrive together.
    const [info, failure, pipeline] = await Promise.all([
      module.getCompilationInfo(),
      scope,
      this.device
        .createComputePipelineAsync({
          label: definition.name,
          layout: this.device.createPipelineLayout({
            label: definition.name,
            bindGroupLayouts: [layout],
          }),
          compute: { module, entryPoint: 'main', constants },
        })
        .then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        ),
    ]);
    const problems = info.messages.map((message) => {
      const at = shader.locate(message.lineNum);
      return `shaders/${at.file}:${at.line}:${message.linePos}: ${message.type}: ${message.message}`;
    });
    if (problems.length > 0) throw new BpttError('shader-error', file, problems.join('\n'));
    if (failure) throw new BpttError('shader-error', file, failure.message);
    if ('error' in pipeline) {
      const { error } = pipeline;
      const message = error instanceof Error ? error.message : String(error);
      throw new BpttError('shader-error', file, `${file}: ${message}`);
    }
    return { definition, pipeline: pipeline.value, layout };
  }
}

/** A buffer, or a part of one that begins at a multiple of 256 bytes. */
export type BufferView = GPUBuffer | GPUBufferBinding;

export function bindingOf(view: BufferView): GPUBufferBinding {
  return 'buffer' in view ? view : { buffer: view };
}

/** One dispatch to be encoded: a kernel, what it is specialised to, and what it works on. */
export interface Dispatch extends KernelVariant {
  /** Storage buffers by binding name. */
  readonly buffers: Readonly<Record<string, BufferView>>;
  /** Uniform structs by binding name, packed. */
  readonly uniforms: Readonly<Record<string, Uint32Array>>;
  readonly workgroups: readonly [number, number, number];
  /** Multiply-adds, for cutting long work into submits. */
  readonly cost: number;
}
