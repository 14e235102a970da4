import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelDefinition } from '../../src/engine/gpu/kernel';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { ACTIVATIONS, type Activation } from '../../src/model/kinds';
import { activate, scaledSlope, sigmoid, softplus } from '../../src/reference/activations';
import { erfcx } from '../../src/reference/erf';
import { floats, ints, kernelBench, testNumbers } from './kernelHarness';

/** The functions of common/elementary.wgsl and activation.wgsl, one argument each. */
const FUNCTIONS = [
  'activation_slope(x)',
  'Scaled(activation_value(x), 0)',
  'Scaled(exp_safe(x), 0)',
  'exp_scaled(x)',
  'Scaled(expm1_safe(x), 0)',
  'Scaled(log1p_unit(x), 0)',
  'Scaled(log1p_safe(x), 0)',
  'Scaled(tanh_safe(x), 0)',
  'Scaled(sigmoid_safe(x), 0)',
  'Scaled(softplus_safe(x), 0)',
  'Scaled(erfcx_safe(x), 0)',
  'gaussian_scaled(x)',
  'Scaled(sine_safe(x, 0u), 0)',
  'Scaled(sine_safe(x, 1u), 0)',
] as const;

const PROBE = `
#include "common/scaled.wgsl"
#include "common/elementary.wgsl"
#include "common/activation.wgsl"
override chosen: u32 = 0u;
@group(0) @binding(0) var<storage, read> xs: array<f32>;
@group(0) @binding(1) var<storage, read_write> results: array<Scaled>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = xs[id.x];
  switch (chosen) {
${FUNCTIONS.map((call, i) => `    case ${i}u: { results[id.x] = ${call}; }`).join('\n')}
    default: { }
  }
}`;
const sources = { ...shaderSources, 'probe.wgsl': PROBE };
const probe: KernelDefinition = {
  name: 'probe',
  bindings: [
    { name: 'xs', kind: 'read' },
    { name: 'results', kind: 'write' },
  ],
  overrides: ['activation', 'chosen'],
};

/** value = mantissa · 2^exponent */
interface Result {
  readonly x: number;
  readonly mantissa: number;
  readonly exponent: number;
}

/** Every result; a bit pattern that is not a finite number is a failure at once. */
async function evaluate(
  call: (typeof FUNCTIONS)[number],
  xs: ArrayLike<number>,
  activation: Activation = 'tanh',
): Promise<Result[]> {
  const padded = Float32Array.from({ length: Math.ceil(xs.length / 64) * 64 }, (_, i) =>
    i < xs.length ? xs[i]! : 1,
  );
  const gpu = await kernelBench(sources);
  const results = gpu.poisoned(padded.length * 2);
  const [bytes] = await gpu.run(
    [
      {
        kernel: probe,
        constants: {
          activation: ACTIVATIONS.indexOf(activation),
          chosen: FUNCTIONS.indexOf(call),
        },
        buffers: { xs: gpu.given(padded), results },
        uniforms: {},
        workgroups: [padded.length / 64, 1, 1],
        cost: 1,
      },
    ],
    [results],
  );
  return Array.from({ length: xs.length }, (_, i) => {
    const [x, mantissa] = [padded[i]!, floats(bytes)[2 * i]!];
    if (!Number.isFinite(mantissa)) throw new Error(`${call} is ${mantissa} at ${x}`);
    return { x, mantissa, exponent: ints(bytes)[2 * i + 1]! };
  });
}

/** Below this a float32 may be flushed to zero. */
const LEAST_NORMAL = 2 ** -126;

/** |actual − expected| ≤ relative·|expected| + absolute, subnormal results aside. */
function expectValues(
  label: string,
  results: readonly Result[],
  expected: (x: number) => number,
  relative: number,
  absolute: (x: number) => number = () => 0,
): void {
  for (const { x, mantissa, exponent } of results) {
    const actual = mantissa * 2 ** exponent;
    const exact = expected(x);
    const distance = Math.abs(actual - exact);
    const allowed = relative * Math.abs(exact) + absolute(x) + LEAST_NORMAL;
    if (!(distance <= allowed)) throw new Error(`${label}(${x}) = ${actual}, not ${exact}`);
  }
}

/** Like expectValues, for results far outside the floats: e^(expectedLog). */
function expectExponentials(
  label: string,
  results: readonly Result[],
  expectedLog: (x: number) => number,
  tolerance: number,
): void {
  for (const { x, mantissa, exponent } of results) {
    const error = Math.abs(Math.log(mantissa) + exponent * Math.LN2 - expectedLog(x));
    if (!(error <= tolerance)) throw new Error(`${label}(${x}): relative error ${error}`);
  }
}

const MAGNITUDES = [1e-30, 1e-5, 1e-3, 0.1, 1, 2.5, 7, 15, 43, 88, 89, 1000, 3e38];
const POINTS = [0, ...MAGNITUDES, ...MAGNITUDES.map((v) => -v)];
const numbers = testNumbers(2024);
const RANDOM = numbers.reals(2000, -20, 20);
const ALL = [...POINTS, ...RANDOM];
const within = (low: number, high: number) => [
  ...ALL.filter((x) => x >= low && x <= high),
  ...numbers.reals(500, low, high),
];

describe('activations', () => {
  beforeAll(() => kernelBench(sources));

  it.each(ACTIVATIONS)('%s', async (activation) => {
    const results = await evaluate('Scaled(activation_value(x), 0)', ALL, activation);
    const zeros = (x: number) => (activation === 'sin' && Math.abs(x) > 1 ? 1e-6 : 0);
    expectValues(activation, results, (x) => activate(activation, x), 1e-5, zeros);
  });

  it.each(ACTIVATIONS)('%s′', async (activation) => {
    const results = await evaluate('activation_slope(x)', ALL, activation);
    const label = `${activation}′`;
    // exp_scaled stops at e^−20000 and the gaussian at 198: exactly how small is no matter then.
    const end = activation === 'gelu' ? 198 : 5000;
    expectValues(
      label,
      results.filter(({ x }) => x > -end && x < end && Math.abs(x) <= 43),
      (x) => {
        const { mantissa, exponent } = scaledSlope(activation, x);
        return mantissa * 2 ** Math.max(exponent, -1074);
      },
      1e-4,
      (x) => {
        if (activation === 'sin') return 1e-6;
        const crossesZero = activation === 'gelu' || activation === 'silu';
        return crossesZero && x < 0 && x > -3 ? 1e-6 : 0;
      },
    );
    for (const { x, mantissa, exponent } of results) {
      const exact = scaledSlope(activation, x);
      if (exact.mantissa === 0 && !['gelu', 'silu'].includes(activation)) {
        if (Math.abs(x) < 1e30) expect(mantissa).toBe(0);
        else expect(mantissa === 0 || exponent < -10_000).toBe(true);
      } else if (activation !== 'sin' && Math.abs(x) > 3 && Math.abs(x) < end) {
        const ratio = (mantissa / exact.mantissa) * 2 ** (exponent - exact.exponent);
        if (!(Math.abs(ratio - 1) < 1e-4)) throw new Error(`${label}(${x}): ratio ${ratio}`);
      }
    }
  });

  it('sin and cos at large arguments', async () => {
    const large = [8191, 8192, 8193, 1e4, 1e5, 1e6, 1.5e7, 1e10, 1e20, 2 ** 127, 3e38, 3.4e38];
    const random = Array.from({ length: 1000 }, () => 2 ** numbers.reals(1, 12, 127.9)[0]!);
    const xs = [...large, ...random].flatMap((x) => [x, -x]);
    for (const [call, exact] of [
      ['Scaled(sine_safe(x, 0u), 0)', Math.sin],
      ['Scaled(sine_safe(x, 1u), 0)', Math.cos],
    ] as const) {
      for (const { x, mantissa } of await evaluate(call, xs)) {
        const error = Math.abs(mantissa - exact(x));
        if (!(error <= 1e-5)) throw new Error(`${call} at ${x}: ${mantissa}, not ${exact(x)}`);
      }
    }
  });
});

describe('elementary functions', () => {
  it('exp_safe, finite everywhere', async () => {
    expectValues(
      'exp_safe',
      await evaluate('Scaled(exp_safe(x), 0)', within(-3e38, 88.5)),
      Math.exp,
      1e-5,
    );
    for (const { mantissa } of await evaluate('Scaled(exp_safe(x), 0)', [89, 1000, 3e38])) {
      expect(mantissa).toBeGreaterThan(2e38);
    }
  });

  it('exp_scaled to e^±20000', async () => {
    const xs = [...within(-1000, 1000), ...numbers.reals(500, -19_999, 19_999)];
    expectExponentials('exp_scaled', await evaluate('exp_scaled(x)', xs), (x) => x, 1e-5);
  });

  it('expm1_safe', async () => {
    expectValues(
      'expm1_safe',
      await evaluate('Scaled(expm1_safe(x), 0)', [
        0.3399,
        0.3401,
        -0.3399,
        -0.3401,
        ...within(-1000, 88),
      ]),
      Math.expm1,
      1e-6,
    );
  });

  it('log1p_unit and log1p_safe', async () => {
    const unit = [...within(0, 1), 0.9999999, 1e-38];
    expectValues('log1p_unit', await evaluate('Scaled(log1p_unit(x), 0)', unit), Math.log1p, 1e-6);
    const all = [...unit, ...ALL.filter((x) => x >= 0), 1.0000001, 2, 3, 4095, 1e30, 3.4e38];
    expectValues('log1p_safe', await evaluate('Scaled(log1p_safe(x), 0)', all), Math.log1p, 1e-6);
  });

  it('tanh_safe, sigmoid_safe, softplus_safe', async () => {
    const nearSwitch = [3.99e-4, 4.01e-4, 7.9, 7.905, 7.91, -4.01e-4];
    const xs = [...ALL, ...nearSwitch];
    expectValues('tanh_safe', await evaluate('Scaled(tanh_safe(x), 0)', xs), Math.tanh, 1e-6);
    const far = [9.011, 10, 60, 88, 89, 1000, 3e38];
    const saturated = await evaluate('Scaled(tanh_safe(x), 0)', [...far, ...far.map((x) => -x)]);
    const signs = [...far.map(() => 1), ...far.map(() => -1)];
    expect(saturated.map(({ mantissa }) => mantissa)).toEqual(signs);
    expectValues('sigmoid_safe', await evaluate('Scaled(sigmoid_safe(x), 0)', xs), sigmoid, 1e-5);
    expectValues(
      'softplus_safe',
      await evaluate('Scaled(softplus_safe(x), 0)', xs),
      softplus,
      1e-5,
    );
  });

  it('erfcx_safe and gaussian_scaled', async () => {
    const xs = within(0, 140);
    expectValues('erfcx_safe', await evaluate('Scaled(erfcx_safe(x), 0)', xs), erfcx, 1e-6);
    const both = within(-198, 198);
    expectExponentials(
      'gaussian_scaled',
      await evaluate('gaussian_scaled(x)', both),
      (x) => -0.5 * x * x,
      1e-5,
    );
  });
});
