import { ResourceType, WgslReflect, type StructInfo, type VariableInfo } from 'wgsl_reflect';
import { describe, expect, it } from 'vitest';
import { composeShader, type ShaderDefines } from '../../src/engine/gpu/composer';
import { KernelLibrary, type KernelDefinition } from '../../src/engine/gpu/kernel';
import { streamingBackward } from '../../src/engine/gpu/kernels/backward';
import { registerBackward } from '../../src/engine/gpu/kernels/backward_registers';
import { streamingForward } from '../../src/engine/gpu/kernels/forward';
import { registerForward } from '../../src/engine/gpu/kernels/forward_registers';
import { loss } from '../../src/engine/gpu/kernels/loss';
import { slopes } from '../../src/engine/gpu/kernels/slopes';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { EXPONENT_KIND, STORAGE_STRUCTS, UNIFORM_STRUCTS } from '../../src/engine/gpu/structs';
import { RECORD, RING, SCHEDULE, STOPPED } from '../../src/engine/gpu/trainingStruct';
import { ACTIVATIONS, LEAKY_RELU_SLOPE, LOSSES, OUTPUT_ACTIVATIONS } from '../../src/model/kinds';
import { ZERO_EXPONENT } from '../../src/model/scaled';
import { LEAST_PROGRESS, TRAINING_LIMIT } from '../../src/model/training';
import { STATE_LIMIT } from '../../src/reference/forward';
import { gpuEngine } from './support';

/** Every kernel's definition, found in the folder of host modules and not in a list. */
const hostModules = import.meta.glob<Record<string, unknown>>('../../src/engine/gpu/kernels/*.ts', {
  eager: true,
});
const testFiles = Object.keys(import.meta.glob('./kernels/*.test.ts'));

function nameOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/(\.test)?\.(ts|wgsl)$/, '');
}

function isDefinition(value: unknown): value is KernelDefinition {
  return typeof value === 'object' && value !== null && 'bindings' in value && 'name' in value;
}

const KERNEL_NAMES = Object.keys(shaderSources)
  .filter((file) => !file.includes('/'))
  .map(nameOf);
const KERNELS = Object.values(hostModules).flatMap((module) =>
  Object.values(module).filter(isDefinition),
);
const SOME_LAYOUT = { HIDDEN_GROUPS: 8, ROW_BLOCKS: 2, THREADS: 4 };
/** A value for every constant that a kernel may be composed for. */
const SOME_DEFINES: ShaderDefines = { ...SOME_LAYOUT, COLUMNS: 2 };

function definesOf(kernel: KernelDefinition): ShaderDefines {
  return Object.fromEntries((kernel.defines ?? []).map((name) => [name, SOME_DEFINES[name]!]));
}

/**
 * The declarations of a module: functions lose their bodies, whose statements wgsl_reflect does not
 * all parse (a variable named `workgroup`, an indexed factor after `*`), and the workgroup size, in
 * which it wants no product. The compiler itself reads them below.
 */
function declarationsOf(code: string): string {
  const plain = code
    .replace(/\/\/.*$/gm, '')
    .replace(/@workgroup_size\([^)]*\)/g, '@workgroup_size(1)');
  let out = '';
  let at = 0;
  for (const { index } of plain.matchAll(/\bfn \w+/g)) {
    const open = plain.indexOf('{', index);
    out += plain.slice(at, open) + '{ }';
    at = open;
    for (let depth = 0; ; at++) {
      if (plain[at] === '{') depth++;
      if (plain[at] === '}' && --depth === 0) break;
    }
    at++;
  }
  return out + plain.slice(at);
}

function reflect(kernel: KernelDefinition): WgslReflect {
  const { code } = composeShader(`${kernel.name}.wgsl`, shaderSources, definesOf(kernel));
  return new WgslReflect(declarationsOf(code));
}

/** Name, type and byte offset of every member. */
const layoutOf = ({ members }: StructInfo) =>
  members.map(({ name, type, offset }) => [name, type.name, offset]);

describe('each kernel has a host module and a test of its own', () => {
  it('shaders/*.wgsl, gpu/kernels/*.ts and test/gpu/kernels/*.test.ts are the same list', () => {
    expect(KERNEL_NAMES.length).toBeGreaterThanOrEqual(15);
    expect(Object.keys(hostModules).map(nameOf).sort()).toEqual([...KERNEL_NAMES].sort());
    expect(testFiles.map(nameOf).sort()).toEqual([...KERNEL_NAMES].sort());
  });

  it('each host module defines the kernel of its name', () => {
    for (const [path, module] of Object.entries(hostModules)) {
      expect(
        Object.values(module)
          .filter(isDefinition)
          .map(({ name }) => name),
      ).toEqual([nameOf(path)]);
    }
  });
});

describe.each(KERNELS.map((kernel) => [kernel.name, kernel] as const))('%s', (_, kernel) => {
  const shader = reflect(kernel);

  it('has the bindings of its definition and no others', () => {
    const kindOf = ({ resourceType, access }: VariableInfo) =>
      resourceType === ResourceType.Uniform ? 'uniform' : access === 'read' ? 'read' : 'write';
    const found = [...shader.uniforms, ...shader.storage]
      .sort((u, v) => u.binding - v.binding)
      .map((variable) => ({
        name: variable.name,
        kind: kindOf(variable),
        group: variable.group,
        binding: variable.binding,
      }));
    expect(found).toEqual(
      kernel.bindings.map(({ name, kind }, binding) => ({ name, kind, group: 0, binding })),
    );
    expect([...shader.textures, ...shader.samplers]).toEqual([]);
  });

  it('binds the uniform structs its definition packs', () => {
    expect(shader.uniforms.map(({ name, type }) => [name, type.name])).toEqual(
      kernel.bindings.flatMap((binding) =>
        binding.kind === 'uniform' ? [[binding.name, binding.struct]] : [],
      ),
    );
  });

  it('has the overrides of its definition and no others', () => {
    expect(shader.overrides.map(({ name }) => name).sort()).toEqual([...kernel.overrides].sort());
    for (const { type } of shader.overrides) expect(type?.name).toBe('u32');
  });

  it('lays its structs out as the host writes and reads them', () => {
    for (const struct of shader.structs) {
      const uniform = Object.entries(UNIFORM_STRUCTS).find(([name]) => name === struct.name);
      const stored = Object.entries(STORAGE_STRUCTS).find(([name]) => name === struct.name);
      if (uniform) {
        const [, names] = uniform;
        expect(layoutOf(struct)).toEqual(names.map((name, i) => [name, 'u32', 4 * i]));
      } else if (stored) {
        const [, members] = stored;
        expect(layoutOf(struct)).toEqual(members.map(([name, type], i) => [name, type, 4 * i]));
        expect(struct.size).toBe(4 * members.length);
      } else {
        // Only structs that never leave the shader may be unknown to the host.
        const shared = [...shader.uniforms, ...shader.storage].map(
          ({ type, format }) => format?.name ?? type.name,
        );
        expect(shared).not.toContain(struct.name);
      }
    }
  });

  it('has one entry point, main', () => {
    expect(shader.entry.compute.map(({ name }) => name)).toEqual(['main']);
    expect([...shader.entry.vertex, ...shader.entry.fragment]).toEqual([]);
  });

  it('is composed for the constants of its definition', () => {
    const used = new Set(
      [...shaderSources[`${kernel.name}.wgsl`]!.matchAll(/\b[A-Z]+(?:_[A-Z]+)*\b/g)].map(
        ([word]) => word,
      ),
    );
    const known = Object.keys(SOME_DEFINES);
    const defined = kernel.defines ?? [];
    expect(known.filter((name) => used.has(name)).sort()).toEqual([...defined].sort());
  });
});

describe('both sides of the structs', () => {
  it('every struct the host knows occurs in a shader', () => {
    const found = new Set(
      KERNELS.flatMap((kernel) => reflect(kernel).structs.map(({ name }) => name)),
    );
    for (const name of [...Object.keys(UNIFORM_STRUCTS), ...Object.keys(STORAGE_STRUCTS)]) {
      expect(found).toContain(name);
    }
  });

  it('the reflection is not blind: a swapped member, a wider one and a moved binding show', () => {
    const changed = (from: string, to: string) => {
      const code = composeShader('affine.wgsl', shaderSources).code;
      expect(code.split(from).length).toBe(2);
      return new WgslReflect(declarationsOf(code.replace(from, to)));
    };
    const layout = (shader: WgslReflect) =>
      layoutOf(shader.structs.find(({ name }) => name === 'AffineSizes')!);
    const right = UNIFORM_STRUCTS.AffineSizes.map((name, i) => [name, 'u32', 4 * i]);
    expect(layout(changed('first_row: u32', 'first_row: u32'))).toEqual(right);
    expect(layout(changed('first_row: u32', 'row_first: u32'))).not.toEqual(right);
    expect(layout(changed('first_row: u32', 'first_row: vec2u'))).not.toEqual(right);
    const moved = changed('@binding(3)', '@binding(7)');
    expect(moved.storage.map(({ binding }) => binding).sort()).toEqual([1, 2, 4, 7]);
  });
});

/** The value of `const NAME: type = value;` in one file. */
function constantOf(file: string, name: string): number {
  const match = new RegExp(`const ${name}: \\w+ = (-?[\\w.+-]+?)u?;`).exec(shaderSources[file]!);
  expect(match, `${name} in ${file}`).not.toBeNull();
  return Number(match![1]);
}

/** leakyRelu → LEAKY_RELU */
const upperSnake = (name: string) => name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();

describe('constants that both sides know', () => {
  it('the exponent of an exact zero', () => {
    expect(constantOf('common/scaled.wgsl', 'ZERO_EXPONENT')).toBe(ZERO_EXPONENT);
  });

  it('the indices of the activations', () => {
    ACTIVATIONS.forEach((name, index) => {
      expect(constantOf('common/activation.wgsl', upperSnake(name))).toBe(index);
    });
    expect(constantOf('common/activation.wgsl', 'LEAKY_RELU_SLOPE')).toBe(LEAKY_RELU_SLOPE);
  });

  it('the indices of the outputs and the losses', () => {
    // identity and bce are what remains when no constant fits.
    for (const name of ['sigmoid', 'tanh', 'softmax'] as const) {
      const index = constantOf('common/row_loss.wgsl', `${upperSnake(name)}_OUTPUT`);
      expect(index).toBe(OUTPUT_ACTIVATIONS.indexOf(name));
    }
    expect(OUTPUT_ACTIVATIONS.length).toBe(4);
    expect(constantOf('common/row_loss.wgsl', 'MEAN_SQUARED_ERROR')).toBe(LOSSES.indexOf('mse'));
    expect(constantOf('common/row_loss.wgsl', 'CROSS_ENTROPY')).toBe(
      LOSSES.indexOf('crossEntropy'),
    );
    expect(LOSSES.length).toBe(3);
  });

  it('the limit of a state, in bits', () => {
    const [bits] = new Uint32Array(Float32Array.of(STATE_LIMIT).buffer);
    expect(constantOf('overflow.wgsl', 'STATE_LIMIT')).toBe(bits);
    expect(constantOf('surface_loss.wgsl', 'STATE_LIMIT')).toBe(bits);
  });

  it('what a training keeps, and why it ends', () => {
    expect(constantOf('common/training.wgsl', 'RING')).toBe(RING);
    expect(constantOf('common/training.wgsl', 'SCHEDULE')).toBe(SCHEDULE);
    expect(constantOf('common/training.wgsl', 'RECORD_NORMS')).toBe(RECORD.norms);
    for (const name of ['gradient', 'weight', 'update'] as const) {
      const index = constantOf('common/training.wgsl', `${upperSnake(name)}_RECORDS`);
      expect(index).toBe(RECORD[`${name}s`]);
    }
    for (const [name, value] of Object.entries(STOPPED)) {
      expect(constantOf('common/training.wgsl', `STOPPED_${upperSnake(name)}`)).toBe(value);
    }
    const [bits] = new Uint32Array(Float32Array.of(TRAINING_LIMIT).buffer);
    expect(constantOf('common/update.wgsl', 'LIMIT')).toBe(bits);
    expect(constantOf('clip_factor.wgsl', 'LEAST_PROGRESS')).toBe(LEAST_PROGRESS);
  });

  it('the kinds of exponent a row carries', () => {
    for (const [kind, member] of [
      ['logitGradient', 'logit_gradient'],
      ['stateGradient', 'state_gradient'],
      ['errorSignal', 'error_signal'],
    ] as const) {
      const text = `case ${EXPONENT_KIND[kind]}u: { return exponents.${member}; }`;
      expect(shaderSources['row_norms.wgsl']).toContain(text);
    }
  });
});

describe('every variant compiles without a message', () => {
  const compile = async (variant: Parameters<KernelLibrary['compile']>[0]) => {
    const { device } = await gpuEngine();
    // A compilation message of any kind rejects.
    await new KernelLibrary(device, shaderSources).compile(variant);
  };

  it.each(KERNELS.map((kernel) => [kernel.name, kernel] as const))('%s', (_, kernel) =>
    compile({ kernel, constants: {}, defines: definesOf(kernel) }),
  );

  it.each(ACTIVATIONS)('%s', async (activation) => {
    const index = ACTIVATIONS.indexOf(activation);
    await compile(streamingForward(index, 16));
    await compile(registerForward(index, SOME_LAYOUT));
    await compile({ kernel: slopes, constants: { activation: index } });
  });

  it.each(
    OUTPUT_ACTIVATIONS.flatMap((output, i) =>
      LOSSES.map((name, j) => [output, name, i, j] as const),
    ),
  )('g = %s, %s', (_output, _loss, i, j) =>
    compile({ kernel: loss, constants: { output_activation: i, loss: j } }),
  );

  it.each([4, 8, 16, 32, 64, 128])('%i threads', async (threads) => {
    await compile(streamingForward(0, threads));
    await compile(streamingBackward(threads));
  });

  it.each([
    [1, 1],
    [2, 2],
    [7, 1],
    [16, 2],
    [32, 2],
  ])('%i groups of units, %i a thread', async (groups, blocks) => {
    const layout = { HIDDEN_GROUPS: groups, ROW_BLOCKS: blocks, THREADS: groups / blocks };
    await compile(registerForward(0, layout));
    await compile(registerBackward(layout));
  });
});
