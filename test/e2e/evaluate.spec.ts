import type { Evaluation } from '../../src/model/evaluation';
import { expectClose } from '../support/compare';
import { CASES, caseOf } from './support/cases';
import { getConfig, getResult, open, setConfig } from './support/playground';
import { expect, test, type Page } from './support/test';

/** A relative error per array, against float64 autograd of an independent framework. */
const TOLERANCES = { webgpu: 1e-4, cpu: 1e-4, reference: 1e-10 } as const;
const ENGINES = ['webgpu', 'cpu', 'reference'] as const;

const ARRAYS = [
  ...(['lossPerStep', 'h', 'y', 'dh', 'delta'] as const),
  ...(['dWx', 'dWh', 'db', 'dWy', 'dc', 'dh0'] as const),
];

function evaluate(page: Page, problem: object, engine?: string): Promise<Evaluation> {
  return page.evaluate(([given, options]) => window.bptt.evaluate(given, options), [
    problem,
    engine === undefined ? undefined : { engine },
  ] as const);
}

// One page serves all tests of this file: evaluations leave no trace in it.
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await open(page);
});
test.beforeEach(async ({ watch }) => watch(page.context()));
test.afterAll(async () => page.close());

test.describe('golden cases', () => {
  for (const golden of CASES) {
    test(golden.name, async () => {
      for (const engine of ENGINES) {
        const actual = await evaluate(page, golden, engine);
        expect(actual.engine).toBe(engine);
        expect(actual.overflowAt).toBeNull();
        const { loss, ...arrays } = golden.expected;
        expectClose([actual.loss], [loss as number], TOLERANCES[engine], `${engine} loss`);
        expect(Object.keys(arrays).sort()).toEqual([...ARRAYS].sort());
        for (const key of ARRAYS) {
          const expected = arrays[key] as readonly number[];
          expectClose(actual[key], expected, TOLERANCES[engine], `${engine} ${key}`);
        }
        expectConsistentNorms(actual, golden.T, golden.B * golden.H);
      }
    });
  }
});

function log2Norm(values: ArrayLike<number>): number {
  return Math.log2(Math.hypot(...Array.from(values)));
}

/** log2Norm says the same as the arrays, in which a float64 holds every value. */
function expectConsistentNorms(evaluation: Evaluation, T: number, width: number): void {
  const { log2Norm: norms } = evaluation;
  const near = (actual: number, values: ArrayLike<number>, label: string) => {
    const expected = log2Norm(values);
    if (expected === -Infinity) expect(actual, label).toBe(-Infinity);
    else expect(Math.abs(actual - expected), label).toBeLessThan(1e-4);
  };
  for (const key of ['h', 'dh', 'delta'] as const) {
    expect(norms[key]).toHaveLength(T);
    for (let t = 0; t < T; t++) {
      const block = Array.from(evaluation[key]).slice(t * width, (t + 1) * width);
      near(norms[key][t]!, block, `log2Norm.${key}[${t}]`);
    }
  }
  for (const key of ['dWx', 'dWh', 'db', 'dWy', 'dc', 'dh0'] as const) {
    near(norms[key], evaluation[key], `log2Norm.${key}`);
  }
}

test('an evaluation has exactly the keys of the contract', async () => {
  const actual = await evaluate(page, caseOf('smallest'));
  expect(Object.keys(actual).sort()).toEqual(
    ['engine', 'loss', 'log2Norm', 'overflowAt', ...ARRAYS].sort(),
  );
  expect(Object.keys(actual.log2Norm).sort()).toEqual(
    ['h', 'dh', 'delta', 'dWx', 'dWh', 'db', 'dWy', 'dc', 'dh0'].sort(),
  );
  expect(actual.engine, 'the engine in use when none is named').toBe('webgpu');
});

test('typed arrays are taken as they are', async () => {
  const golden = caseOf('tanh-softmax-class');
  const plain = await evaluate(page, golden, 'reference');
  const typed = await page.evaluate(async (given) => {
    const single = (key: string) => Float32Array.from(given[key] as number[]);
    const double = (key: string) => Float64Array.from(given[key] as number[]);
    const whole = (key: string) => Int32Array.from(given[key] as number[]);
    return window.bptt.evaluate(
      {
        ...given,
        ...{ Wh: single('Wh'), Wx: double('Wx'), b: single('b'), Wy: double('Wy') },
        ...{ c: single('c'), h0: double('h0'), x: single('x') },
        ...{ target: whole('target'), lossWeight: single('lossWeight'), detach: whole('detach') },
      },
      { engine: 'reference' },
    );
  }, golden);
  for (const key of ARRAYS) expect(Array.from(typed[key])).toEqual(Array.from(plain[key]));
});

test('what may be left out has the documented meaning', async () => {
  const { name, expected, ...golden } = caseOf('tanh-mse');
  expect([name, typeof expected]).toEqual(['tanh-mse', 'object']);
  const spelled = {
    ...golden,
    h0: new Array(golden.B * golden.H).fill(0),
    lossWeight: new Array(golden.T).fill(1),
    detach: [],
    targetKind: 'dense',
  };
  const short: Record<string, unknown> = { ...golden };
  for (const key of ['h0', 'lossWeight', 'detach', 'targetKind']) delete short[key];
  const actual = await evaluate(page, short, 'reference');
  const wanted = await evaluate(page, spelled, 'reference');
  for (const key of ARRAYS) expect(actual[key]).toEqual(wanted[key]);
});

/** h_t = w h_{t−1} with a zero state and one loss at the end: δ_t = w^{T−t} δ_T exactly. */
function scalarChain(w: number, T: number, change: object = {}) {
  const zeros = new Array<number>(T).fill(0);
  return {
    ...{ T, B: 1, I: 1, H: 1, O: 1 },
    ...{ activation: 'identity', outputActivation: 'identity', loss: 'mse' },
    ...{ Wx: [0], Wh: [w], b: [0], Wy: [1], c: [0] },
    ...{ x: new Array<number>(T).fill(1), target: [...zeros.slice(1), 1] },
    lossWeight: [...zeros.slice(1), 1],
    ...change,
  };
}

test.describe('a scalar chain of 20 000 steps', () => {
  const T = 20_000;
  for (const engine of ['webgpu', 'cpu', 'reference'] as const) {
    for (const w of [0.5, 2]) {
      test(`w = ${w} on ${engine}: log2 norms exact at both ends`, async () => {
        const { log2Norm: norms, dh, overflowAt } = await evaluate(page, scalarChain(w, T), engine);
        const slope = Math.log2(w);
        // ∂L/∂h_T = 2(y − ŷ) = −2
        expect(norms.dh[T - 1]).toBeCloseTo(1, 2);
        expect(norms.dh[T / 2]).toBeCloseTo(1 + slope * (T / 2 - 1), 2);
        expect(norms.dh[0]).toBeCloseTo(1 + slope * (T - 1), 2);
        expect(norms.delta[0]).toBeCloseTo(1 + slope * (T - 1), 2);
        expect(norms.dh0).toBeCloseTo(1 + slope * T, 2);
        // x = 1: ∂L/∂W_x = −2 Σ w^n, n < T
        expect(norms.dWx).toBeCloseTo(w === 2 ? T + 1 : 2, 2);
        expect(norms.db).toBeCloseTo(w === 2 ? T + 1 : 2, 2);
        // h = 0 throughout
        expect(norms.dWh).toBe(-Infinity);
        expect(dh[T - 1]).toBeCloseTo(-2, 5);
        expect(dh[0]! === (w === 2 ? -Infinity : 0)).toBe(true);
        expect(overflowAt).toBeNull();
      });
    }

    test(`a cut gives an exact zero on ${engine}`, async () => {
      const cut = 15_001;
      const problem = scalarChain(0.5, T, { detach: [cut] });
      const { log2Norm: norms, dh, delta } = await evaluate(page, problem, engine);
      expect(norms.delta[cut - 1]).toBeCloseTo(1 - (T - cut), 2);
      for (const t of [1, 10_000, cut - 1]) {
        expect(norms.delta[t - 1]).toBe(-Infinity);
        expect(norms.dh[t - 1]).toBe(-Infinity);
        expect(Math.abs(dh[t - 1]!)).toBe(0);
        expect(Math.abs(delta[t - 1]!)).toBe(0);
      }
      expect(norms.dh0).toBe(-Infinity);
    });
  }
});

test('a forward overflow is reported with its step', async () => {
  // h_t = 10^(10 t): 10^30 is a float32, 10^40 is none.
  const problem = scalarChain(1e10, 8, { h0: [1], lossWeight: new Array(8).fill(1) });
  for (const engine of ENGINES) {
    const { overflowAt, h, log2Norm: norms } = await evaluate(page, problem, engine);
    expect(overflowAt, engine).toBe(4);
    expect(h[2]! / 1e30, engine).toBeCloseTo(1, 5);
    expect(norms.h[2], engine).toBeCloseTo(30 * Math.log2(10), 2);
  }
});

interface Refusal {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly isError: boolean;
}

/** What a refused call rejects with. The input is a string of JavaScript: JSON cannot say NaN. */
function refusal(call: 'evaluate' | 'setConfig', code: string, base: object): Promise<Refusal> {
  return page.evaluate(
    async ([name, source, given]) => {
      const change = JSON.parse(source, (_, value: unknown) =>
        value === '<NaN>' ? NaN : value === '<Infinity>' ? Infinity : value,
      ) as object;
      // As JSON.parse makes it: __proto__ becomes an own key and not a prototype.
      const input = Object.assign(Object.create(null) as object, given);
      for (const [key, value] of Object.entries(change)) {
        Object.defineProperty(input, key, { value, enumerable: true });
      }
      try {
        await window.bptt[name](input);
      } catch (error) {
        const { code, path, message } = error as Refusal;
        return { code, path, message, isError: error instanceof Error };
      }
      throw new Error(`${name} accepted ${source}`);
    },
    [call, code, base] as const,
  );
}

/** tanh, T 2, B 1, I 1, H 2, O 3, class targets */
const SMALL = {
  ...{ T: 2, B: 1, I: 1, H: 2, O: 3 },
  ...{ activation: 'tanh', outputActivation: 'softmax', loss: 'crossEntropy' },
  ...{ Wx: [1, 1], Wh: [1, 0, 0, 1], b: [0, 0], Wy: [1, 0, 0, 1, 1, 1], c: [0, 0, 0] },
  ...{ x: [1, 1], targetKind: 'class', target: [0, 2] },
};

const BAD_PROBLEMS: readonly (readonly [
  what: string,
  change: string,
  path: string,
  says: RegExp,
])[] = [
  ['wrong length', '{"Wh":[1,2,3]}', 'Wh', /Wh needs 4 numbers \(H×H = 2×2\), got 3/],
  ['too short input', '{"x":[1]}', 'x', /x needs 2 numbers \(T×B×I/],
  ['missing array', '{"Wy":null}', 'Wy', /Wy needs 6 numbers.*got null/],
  ['nested array', '{"Wh":[[1,0],[0,1]]}', 'Wh', /flatten/],
  ['NaN', '{"b":[0,"<NaN>"]}', 'b[1]', /finite number, got NaN/],
  ['Infinity', '{"x":["<Infinity>",0]}', 'x[0]', /finite number, got Infinity/],
  ['numbers as text', '{"c":[0,"0",0]}', 'c[1]', /finite number, got the text "0"/],
  ['size as text', '{"T":"2"}', 'T', /whole number from 1 to 100000/],
  ['unknown key', '{"Wx2":[1]}', 'Wx2', /Unknown key "Wx2"; a problem has/],
  ['bad activation', '{"activation":"Tanh"}', 'activation', /must be one of tanh, relu/],
  ['bad output', '{"outputActivation":3}', 'outputActivation', /must be one of/],
  ['bad loss', '{"loss":"mae"}', 'loss', /must be one of mse/],
  ['bad target kind', '{"targetKind":"onehot"}', 'targetKind', /dense or class/],
  ['class too high', '{"target":[0,3]}', 'target[1]', /whole number from 0 to 2, got 3/],
  ['class below zero', '{"target":[-1,0]}', 'target[0]', /from 0 to 2, got -1/],
  ['class not whole', '{"target":[0.5,0]}', 'target[0]', /whole number/],
  ['detach too late', '{"detach":[3]}', 'detach[0]', /from 1 to 2, got 3/],
  ['detach at 0', '{"detach":[0]}', 'detach[0]', /from 1 to 2, got 0/],
  ['detach not whole', '{"detach":[1.5]}', 'detach[0]', /whole number/],
  ['detach no list', '{"detach":1}', 'detach', /array of steps/],
  ['T over the limit', '{"T":100001}', 'T', /from 1 to 100000, got 100001/],
  ['B over the limit', '{"B":257}', 'B', /from 1 to 256/],
  ['H over the limit', '{"H":513}', 'H', /from 1 to 512/],
  ['H of zero', '{"H":0}', 'H', /from 1 to 512, got 0/],
  ['T not whole', '{"T":1.5}', 'T', /whole number/],
  ['__proto__', '{"__proto__":{"T":1}}', '__proto__', /Unknown key "__proto__"/],
];

const BAD_CHANGES: readonly (readonly [change: string, path: string])[] = [
  ['{"T":0}', 'T'],
  ['{"T":"96"}', 'T'],
  ['{"T":"<NaN>"}', 'T'],
  ['{"T":100001}', 'T'],
  ['{"H":513}', 'H'],
  ['{"gain":"<Infinity>"}', 'gain'],
  ['{"activation":"swish"}', 'activation'],
  ['{"loss":"crossEntropy"}', 'loss'],
  ['{"colour":1}', 'colour'],
  ['{"__proto__":{"T":1}}', '__proto__'],
  ['{"cuts":[0]}', 'cuts.0'],
  ['{"arrays":{"Wh":[1,2]}}', 'arrays.Wh'],
  ['{"T":20,"B":0}', 'B'],
  ['{"language":"fr"}', 'language'],
];

test.describe('bad input', () => {
  let before: object;
  test.beforeEach(async () => {
    before = { config: await getConfig(page), loss: (await getResult(page)).loss };
  });
  test.afterEach(async () => {
    const after = { config: await getConfig(page), loss: (await getResult(page)).loss };
    expect(after, 'the page keeps its last good state').toEqual(before);
    await expect(page.getByRole('alert')).toHaveText('');
  });

  test('the problem the bad ones are made of is good', async () => {
    expect((await evaluate(page, SMALL)).overflowAt).toBeNull();
  });

  for (const [what, change, path, says] of BAD_PROBLEMS) {
    test(`evaluate: ${what}`, async () => {
      const error = await refusal('evaluate', change, SMALL);
      expect(error).toMatchObject({ code: 'invalid-problem', path, isError: true });
      expect(error.message).toMatch(says);
    });
  }

  for (const [change, path] of BAD_CHANGES) {
    test(`setConfig(${change})`, async () => {
      const error = await refusal('setConfig', change, {});
      expect(error).toMatchObject({ code: 'invalid-configuration', path, isError: true });
      expect(error.message).not.toBe('');
    });
  }

  for (const engine of ['webgpu', 'cpu'] as const) {
    test(`a size over the memory budget of ${engine} is refused with what fits`, async () => {
      const error = await page.evaluate(async (wanted) => {
        const [T, B, H] = [100_000, 8, 512];
        const zeros = (count: number) => new Float32Array(count);
        const problem = {
          ...{ T, B, H, I: 1, O: 1, activation: 'tanh', outputActivation: 'identity', loss: 'mse' },
          ...{ Wx: zeros(H), Wh: zeros(H * H), b: zeros(H), Wy: zeros(H), c: zeros(1) },
          ...{ x: zeros(T * B), target: zeros(T * B) },
        };
        try {
          await window.bptt.evaluate(problem, { engine: wanted });
        } catch (reason) {
          const { code, path, message } = reason as Refusal;
          return { code, path, message };
        }
        throw new Error('The evaluation succeeded.');
      }, engine);
      expect(error).toMatchObject({ code: 'too-large', path: 'T' });
      expect(error.message).toMatch(/T (= |up to )\d+/);
    });
  }

  test('evaluate refuses what is no object, and unknown options', async () => {
    for (const given of [null, [], 'tanh', 7]) {
      const call = page.evaluate((value) => window.bptt.evaluate(value), given);
      await expect(call).rejects.toThrow('must be a plain object');
    }
    const options = page.evaluate((value) => window.bptt.evaluate(value, { engine: 'gpu' }), SMALL);
    await expect(options).rejects.toThrow('engine must be one of webgpu, cpu, reference');
  });
});

test('setConfig is an edit like any other, and undoable', async () => {
  const before = await getConfig(page);
  await setConfig(page, { T: 40, cuts: [30, 20] });
  expect(await getConfig(page)).toMatchObject({ T: 40, cuts: [20, 30] });
  await page.keyboard.press('Control+z');
  const after = await getConfig(page);
  // Where one looks is no edit: the playhead may have moved with T.
  expect({ ...after, view: null }).toEqual({ ...before, view: null });
});
