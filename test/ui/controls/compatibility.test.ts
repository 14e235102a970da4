import { describe, expect, it } from 'vitest';
import {
  DEFAULT_CONFIGURATION,
  SYNTHETIC_TASKS,
  type TaskConfiguration,
} from '../../../src/model/configuration';
import { BpttError } from '../../../src/model/errors';
import { LOSSES, OUTPUT_ACTIVATIONS } from '../../../src/model/kinds';
import { compatibleLosses, compatibleOutputActivations } from '../../../src/tasks/describeTask';
import {
  lossRefusal,
  outputRefusal,
  withLoss,
  withTask,
} from '../../../src/ui/controls/compatibility';

const text = (written: string): TaskConfiguration => ({
  kind: 'text',
  source: { text: written },
  vocabulary: 8,
});
const series = (values: number[]): TaskConfiguration => ({
  kind: 'series',
  source: { name: 's', values },
});
const TASKS: readonly TaskConfiguration[] = [
  ...SYNTHETIC_TASKS.map((kind) => ({ kind })),
  text('to be or not to be'),
  { kind: 'text', source: { sample: 'liBai' }, vocabulary: 16 },
  { kind: 'series', source: { sample: 'seattleTemperature' } },
  series([1, 2, 4, 8]),
];

describe('refused losses', () => {
  it('are explained by what the targets lack', () => {
    expect(lossRefusal({ kind: 'adding' }, 'crossEntropy')).toBe('cell.loss.needsClasses');
    expect(lossRefusal({ kind: 'adding' }, 'bce')).toBe('cell.loss.needsUnitInterval');
    expect(lossRefusal({ kind: 'latch' }, 'crossEntropy')).toBe('cell.loss.needsClasses');
    expect(lossRefusal(series([1, 2, 3]), 'bce')).toBe('cell.loss.needsUnitInterval');
  });

  it('leave classes every loss and numbers the squared error', () => {
    for (const loss of LOSSES) {
      expect(lossRefusal({ kind: 'copy' }, loss)).toBeNull();
      expect(lossRefusal(text('abcabc'), loss)).toBeNull();
    }
    expect(lossRefusal({ kind: 'latch' }, 'bce')).toBeNull();
    for (const task of TASKS) expect(lossRefusal(task, 'mse')).toBeNull();
  });

  it('are exactly those that the task does not have', () => {
    for (const task of TASKS) {
      const offered = LOSSES.filter((loss) => lossRefusal(task, loss) === null);
      expect(offered).toEqual(LOSSES.filter((loss) => compatibleLosses({ task }).includes(loss)));
    }
  });
});

describe('refused output activations', () => {
  it('are explained by the loss that takes logits', () => {
    expect(outputRefusal('bce', 'softmax')).toBe('cell.output.bceTakesLogits');
    expect(outputRefusal('bce', 'tanh')).toBe('cell.output.bceTakesLogits');
    expect(outputRefusal('crossEntropy', 'sigmoid')).toBe('cell.output.crossEntropyTakesLogits');
    expect(outputRefusal('crossEntropy', 'tanh')).toBe('cell.output.crossEntropyTakesLogits');
  });

  it('are none for the squared error nor for the identity', () => {
    for (const output of OUTPUT_ACTIVATIONS) expect(outputRefusal('mse', output)).toBeNull();
    for (const loss of LOSSES) expect(outputRefusal(loss, 'identity')).toBeNull();
    expect(outputRefusal('bce', 'sigmoid')).toBeNull();
    expect(outputRefusal('crossEntropy', 'softmax')).toBeNull();
  });
});

describe('choosing a loss', () => {
  it('keeps an output activation that goes with it', () => {
    expect(withLoss('mse', 'softmax')).toEqual({ loss: 'mse', outputActivation: 'softmax' });
    expect(withLoss('bce', 'identity')).toEqual({ loss: 'bce', outputActivation: 'identity' });
  });

  it("takes the loss's own where it does not", () => {
    expect(withLoss('bce', 'softmax').outputActivation).toBe('sigmoid');
    expect(withLoss('crossEntropy', 'tanh').outputActivation).toBe('softmax');
  });

  it('never leaves a refused pair', () => {
    for (const loss of LOSSES) {
      for (const present of OUTPUT_ACTIVATIONS) {
        const change = withLoss(loss, present);
        expect(change.loss).toBe(loss);
        expect(outputRefusal(loss, change.outputActivation!)).toBeNull();
      }
    }
  });
});

describe('choosing a task', () => {
  it("brings the task's own loss and output", () => {
    expect(withTask({ kind: 'copy' }, 96)).toEqual({
      task: { kind: 'copy' },
      T: 96,
      loss: 'crossEntropy',
      outputActivation: 'softmax',
    });
    expect(withTask({ kind: 'latch' }, 5)).toMatchObject({
      loss: 'bce',
      outputActivation: 'sigmoid',
    });
  });

  it('never asks for more steps than there are data for', () => {
    expect(withTask(text('hello'), 96).T).toBe(4);
    expect(withTask(text('hello'), 3).T).toBe(3);
    expect(withTask(text('汉字'), 96).T).toBe(1);
    expect(withTask(series([1, 2, 3]), 100_000).T).toBe(2);
    expect(withTask({ kind: 'sine' }, 100_000).T).toBe(100_000);
  });

  it('gives nothing that its own rules refuse', () => {
    for (const task of TASKS) {
      const change = withTask(task, DEFAULT_CONFIGURATION.T);
      expect(change.task).toBe(task);
      expect(lossRefusal(task, change.loss!)).toBeNull();
      expect(change.outputActivation).toBe(compatibleOutputActivations(change.loss!)[0]);
    }
  });

  it('refuses data too short for one step', () => {
    for (const task of [text(''), text('a'), series([]), series([1])]) {
      expect(() => withTask(task, 96)).toThrow(BpttError);
      expect(() => withTask(task, 96)).toThrow(
        expect.objectContaining({ code: 'invalid-configuration' }),
      );
    }
  });
});
