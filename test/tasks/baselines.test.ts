import { describe, expect, it } from 'vitest';
import {
  DEFAULT_CONFIGURATION,
  type Configuration,
  type TaskConfiguration,
} from '../../src/model/configuration';
import type { Loss } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';
import { losses, targetRow } from '../../src/reference/losses';
import { outputsOfRow } from '../../src/reference/outputs';
import { baselinesOf } from '../../src/tasks/baselines';
import { buildProblem } from '../../src/tasks/buildProblem';
import { freshBatches } from '../../src/tasks/freshBatches';
import { compatibleOutputActivations } from '../../src/tasks/describeTask';
import { taskOf } from '../../src/tasks/registry';

const TEXT: TaskConfiguration = { kind: 'text', source: { sample: 'carroll' }, vocabulary: 20 };
const SERIES: TaskConfiguration = { kind: 'series', source: { sample: 'seattleTemperature' } };
const SEEDED = ['adding', 'copy', 'temporalOrder', 'latch', 'sine'] as const;

const configure = (
  task: TaskConfiguration,
  loss: Loss,
  change: Partial<Configuration> = {},
): Configuration => ({
  ...DEFAULT_CONFIGURATION,
  ...{ task, loss, T: 30, B: 256, H: 1 },
  outputActivation: compatibleOutputActivations(loss)[0],
  ...change,
});

/** The logits whose output, or whose distribution with cross-entropy, is y. */
function logitsOf({ loss, outputActivation }: Problem, y: Float64Array): Float64Array {
  const safe = y.map((v) => Math.min(1 - 1e-12, Math.max(1e-12, v)));
  if (loss === 'crossEntropy' || outputActivation === 'softmax') return safe.map(Math.log);
  const isSigmoid = loss === 'bce' || outputActivation === 'sigmoid';
  return isSigmoid ? safe.map((v) => Math.log(v / (1 - v))) : y;
}

/** L with the predictions y [T,O], the same for all entries, by the reference's losses. */
function lossOf(problem: Problem, y: readonly Float64Array[]): number {
  const { T, B, O } = problem;
  const logits = new Float64Array(T * B * O);
  const outputs = new Float64Array(T * B * O);
  for (let row = 0; row < T * B; row++) {
    const z = logits.subarray(row * O, (row + 1) * O);
    z.set(logitsOf(problem, y[Math.floor(row / B)]!));
    outputsOfRow(problem.outputActivation, z, outputs.subarray(row * O, (row + 1) * O));
  }
  return losses(problem, logits, outputs, T).stepLosses.reduce((a, b) => a + b, 0);
}

/** The mean targets of every step [T][O]. */
function meanTargets({ T, B, O, targets }: Problem): Float64Array[] {
  const row = new Float64Array(O);
  return Array.from({ length: T }, (_, t) => {
    const mean = new Float64Array(O);
    for (let n = 0; n < B; n++) {
      targetRow(targets, t * B + n, row);
      row.forEach((v, i) => (mean[i]! += v / B));
    }
    return mean;
  });
}

describe.each(SEEDED)('%s', (kind) => {
  const cases = taskOf({ kind }).losses.flatMap((loss) =>
    (['task', 'every', 'last', [3, 15]] as const).map((placement) => [loss, placement] as const),
  );

  it.each(cases)('chance, %s, loss at %s', (loss, lossPlacement) => {
    for (const T of [1, 2, 20]) {
      const configuration = configure({ kind }, loss, { lossPlacement, T });
      const { chance } = baselinesOf(configuration);
      const measured: number[] = [];
      const constants: Float64Array[][] = [];
      const problems = Array.from({ length: 8 }, (_, dataSeed) =>
        buildProblem({ ...configuration, dataSeed }),
      );
      problems.forEach((problem) => constants.push(meanTargets(problem)));
      // The best predictions, from 2048 sequences.
      const best = constants[0]!.map((row, t) =>
        row.map((_, i) => constants.reduce((a, c) => a + c[t]![i]!, 0) / constants.length),
      );
      for (const problem of problems) measured.push(lossOf(problem, best));
      const mean = measured.reduce((a, b) => a + b, 0) / measured.length;
      const isAnywhere = problems[0]!.lossWeights.some((w) => w !== 0);
      if (!isAnywhere) {
        expect(chance).toBeNull();
        continue;
      }
      expect(Math.abs(chance!.value - mean)).toBeLessThan(0.08 * mean + 1e-9);
    }
  });

  it('the best prediction is no worse than chance', () => {
    for (const loss of taskOf({ kind }).losses) {
      for (const lossPlacement of ['task', 'every'] as const) {
        const { chance, perfect } = baselinesOf(configure({ kind }, loss, { lossPlacement }));
        if (perfect !== null) expect(perfect.value).toBeLessThan(chance!.value);
      }
    }
  });
});

describe('the literature’s numbers', () => {
  const chance = (kind: (typeof SEEDED)[number], loss: Loss, T: number) =>
    baselinesOf(configure({ kind }, loss, { T })).chance!.value;

  it('adding: 1/6', () => expect(chance('adding', 'mse', 96)).toBeCloseTo(1 / 6, 12));
  it('copy: 10 ln 8/(T + 20) a step', () => {
    for (const blanks of [30, 100]) {
      const each = chance('copy', 'crossEntropy', blanks + 20) / (blanks + 20);
      expect(each).toBeCloseTo((10 * Math.log(8)) / (blanks + 20), 12);
    }
  });
  it('temporal order: ln 4', () =>
    expect(chance('temporalOrder', 'crossEntropy', 60)).toBeCloseTo(Math.log(4), 12));
  it('latch: ln 2', () => expect(chance('latch', 'bce', 60)).toBeCloseTo(Math.LN2, 12));
  it('sine: ½ a step', () => expect(chance('sine', 'mse', 60)).toBeCloseTo(30, 12));
});

describe('the best prediction of the order', () => {
  it('guesses what has not been shown', () => {
    const task = { kind: 'temporalOrder' } as const;
    for (const T of [8, 30]) {
      const configuration = configure(task, 'crossEntropy', { T, lossPlacement: 'every' });
      let expected = 0;
      const problem = buildProblem(configuration);
      for (let n = 0; n < problem.B; n++) {
        let unknown = 2;
        for (let t = 0; t < T; t++) {
          const at = (t * problem.B + n) * problem.I;
          if (problem.inputs[at] === 1 || problem.inputs[at + 1] === 1) unknown--;
          expected += (unknown * Math.LN2) / problem.B;
        }
      }
      const { perfect } = baselinesOf(configuration);
      expect(perfect).toMatchObject({ id: 'unshown' });
      expect(Math.abs(perfect!.value / expected - 1)).toBeLessThan(0.02);
      expect(baselinesOf(configure(task, 'crossEntropy', { T })).perfect?.value).toBe(0);
    }
  });
});

describe('what g cannot reach', () => {
  const adding = (change: Partial<Configuration>) =>
    baselinesOf(configure({ kind: 'adding' }, 'mse', change));

  it('has no perfect prediction', () => {
    expect(adding({ outputActivation: 'identity' }).perfect?.value).toBe(0);
    expect(adding({ outputActivation: 'sigmoid' }).perfect).toBeNull();
    // Before the second mark there is one number below 1.
    expect(adding({ outputActivation: 'sigmoid', lossPlacement: [5] }).perfect?.value).toBe(0);
    expect(adding({ outputActivation: 'softmax' }).perfect).toBeNull();
    const sine = (lossPlacement: Configuration['lossPlacement']) =>
      baselinesOf(configure({ kind: 'sine' }, 'mse', { lossPlacement })).perfect;
    expect(sine('every')).toBeNull();
    expect(sine([3, 4])?.value).toBe(0);
  });

  it('is part of chance', () => {
    // The softmax of one output is 1 whatever the network does.
    const configuration = configure({ kind: 'adding' }, 'mse', {
      ...{ outputActivation: 'softmax', lossPlacement: 'every', T: 20 },
    });
    const problems = Array.from({ length: 8 }, (_, dataSeed) =>
      buildProblem({ ...configuration, dataSeed }),
    );
    const one = Array.from({ length: 20 }, () => Float64Array.of(1));
    const measured = problems.reduce((sum, p) => sum + lossOf(p, one), 0) / problems.length;
    expect(baselinesOf(configuration).chance!.value / measured).toBeCloseTo(1, 1);
  });
});

describe('text and series', () => {
  const placements = ['every', 'last', [2, 9, 30]] as const;

  it.each(placements)('are exact for the windows themselves, loss at %s', (lossPlacement) => {
    for (const [task, loss] of [
      ...(['crossEntropy', 'mse', 'bce'] as const).map((loss) => [TEXT, loss] as const),
      [SERIES, 'mse'],
    ] as const) {
      const configuration = configure(task, loss, { B: 5, lossPlacement });
      const problem = buildProblem(configuration);
      const { lossWeights, T, O } = problem;
      const total = Array.from(lossWeights).reduce((a, b) => a + b, 0);
      const best = new Float64Array(O);
      meanTargets(problem).forEach((row, t) =>
        row.forEach((v, i) => (best[i]! += (v * lossWeights[t]!) / total)),
      );
      const everywhere = (y: Float64Array) => Array.from({ length: T }, () => y);
      const value = baselinesOf(configuration).chance!.value;
      expect(value).toBeCloseTo(lossOf(problem, everywhere(best)), 6);
      // Any other constant is worse.
      const other = best.map((v, i) => (i === 0 ? v + 0.05 : v * (1 - 0.05 / (1 - best[0]!))));
      expect(lossOf(problem, everywhere(other))).toBeGreaterThan(value);
      expect(baselinesOf(configuration).perfect).toBeNull();
    }
  });
});

describe('text and series on fresh windows', () => {
  it.each([
    [TEXT, 'crossEntropy'],
    [SERIES, 'mse'],
  ] as const)('are the best constant over what the updates see (%j)', (task, loss) => {
    const configuration = configure(task, loss, { B: 64, lossPlacement: 'every' });
    const problem = buildProblem(configuration);
    const batches = freshBatches(configuration);
    const drawn = Array.from({ length: 40 }, (_, update) => ({
      ...problem,
      ...batches(update + 1),
    }));
    const best = new Float64Array(problem.O);
    for (const one of drawn) {
      for (const row of meanTargets(one)) {
        row.forEach((v, i) => (best[i]! += v / (drawn.length * problem.T)));
      }
    }
    const constant = Array.from({ length: problem.T }, () => best);
    const measured = drawn.reduce((sum, one) => sum + lossOf(one, constant), 0) / drawn.length;
    const fresh = baselinesOf(configuration, 'fresh').chance!.value;
    expect(fresh / measured).toBeGreaterThan(0.98);
    expect(fresh / measured).toBeLessThan(1.02);
    expect(fresh).not.toBe(baselinesOf(configuration).chance!.value);
  });
});

describe('no baseline', () => {
  it('without a loss, and for a loss that the task has no targets for', () => {
    const none = { chance: null, perfect: null };
    expect(baselinesOf(configure({ kind: 'copy' }, 'mse', { lossPlacement: [] }))).toEqual(none);
    expect(baselinesOf(configure({ kind: 'copy' }, 'mse', { lossPlacement: [99] }))).toEqual(none);
    expect(baselinesOf(configure({ kind: 'adding' }, 'crossEntropy'))).toEqual(none);
  });
});
