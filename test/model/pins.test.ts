import { describe, expect, it } from 'vitest';
import {
  DEFAULT_CONFIGURATION,
  PIN_LIMITS,
  type Configuration,
  type Pin,
  type RunConfiguration,
} from '../../src/model/configuration';
import {
  applyChange,
  differOnlyInView,
  fitConfiguration,
  parseConfiguration,
} from '../../src/model/configurationRules';
import { BpttError } from '../../src/model/errors';
import { runOf, sameRun } from '../../src/model/pins';
import { taskKnowledge } from '../../src/state/taskKnowledge';

const D = DEFAULT_CONFIGURATION;
const RUN = runOf(D);

function pin(name: string, change: Partial<RunConfiguration> = {}): Pin {
  return { name, configuration: { ...RUN, ...change } };
}

function changed(change: unknown, from: Configuration = D): Configuration {
  return applyChange(from, change, taskKnowledge);
}

function refusal(action: () => unknown): BpttError {
  try {
    action();
  } catch (error) {
    if (error instanceof BpttError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('a run', () => {
  it('is all of a configuration but the view, the pins and how it is trained', () => {
    const keys = Object.keys(D).filter((key) => !['view', 'pins', 'training'].includes(key));
    expect(Object.keys(RUN).sort()).toEqual(keys.sort());
    expect(sameRun(RUN, D)).toBe(true);
    for (const key of keys) expect(sameRun(RUN, { ...RUN, [key]: Symbol() })).toBe(false);
  });
});

describe('pins', () => {
  it('are no part of the run, but more than a view', () => {
    const pinned = changed({ pins: [pin('a')] });
    expect(pinned.pins).toEqual([pin('a')]);
    expect(sameRun(D, pinned)).toBe(true);
    expect(differOnlyInView(D, pinned)).toBe(false);
    expect(changed({ view: { step: 3 } }, pinned).pins).toBe(pinned.pins);
    expect(changed({ gain: 2 }, pinned).pins).toBe(pinned.pins);
  });

  it('are the same objects while they are equal, and share what is equal', () => {
    const own = changed({ cuts: [3, 9], edits: [{ array: 'Wh', index: 1, value: 2 }] });
    const first = changed({ pins: [{ name: 'a', configuration: runOf(own) }] }, own);
    expect(first.pins[0]!.configuration.cuts).toBe(own.cuts);
    expect(first.pins[0]!.configuration.edits).toBe(own.edits);

    expect(changed(structuredClone({ pins: first.pins }), first)).toBe(first);
    const renamed = changed(structuredClone({ pins: [{ ...first.pins[0], name: 'b' }] }), first);
    expect(renamed.pins[0]!.name).toBe('b');
    expect(renamed.pins[0]!.configuration).toBe(first.pins[0]!.configuration);
    const second = changed({ pins: structuredClone([pin('c'), ...first.pins]) }, first);
    expect(second.pins[1]).toBe(first.pins[0]);
  });

  it('have names of their own, trimmed and printable', () => {
    expect(changed({ pins: [pin(' 增益 0.95 ')] }).pins[0]!.name).toBe('增益 0.95');
    const most = 'x'.repeat(PIN_LIMITS.name);
    expect(changed({ pins: [pin(most)] }).pins[0]!.name).toBe(most);
    for (const name of ['', '  ', `${most}x`, 'a\u202eb', 'a\nb', 7, null]) {
      const path = refusal(() => changed({ pins: [pin(name as string)] })).path;
      expect(path).toBe('pins.0.name');
    }
    expect(refusal(() => changed({ pins: [pin('a'), pin('a ')] }))).toMatchObject({
      path: 'pins',
      code: 'invalid-configuration',
    });
  });

  it('are few, and hold no pins and no view', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => pin(`pin ${i}`));
    expect(changed({ pins: many(PIN_LIMITS.pins) }).pins).toHaveLength(PIN_LIMITS.pins);
    expect(refusal(() => changed({ pins: many(PIN_LIMITS.pins + 1) })).path).toBe('pins');
    for (const extra of [{ pins: [] }, { view: D.view }, { name: 'x' }]) {
      const nested = { name: 'a', configuration: { ...RUN, ...extra } };
      expect(refusal(() => changed({ pins: [nested] })).path).toBe(
        `pins.0.configuration.${Object.keys(extra)[0]}`,
      );
    }
    const incomplete = Object.entries(RUN).filter(([key]) => key !== 'gain');
    const draft = { name: 'a', configuration: Object.fromEntries(incomplete) };
    expect(refusal(() => changed({ pins: [draft] })).path).toBe('pins.0.configuration.gain');
  });

  it('fit their own task, not that of the page', () => {
    const text = pin('text', {
      task: { kind: 'text', source: { text: 'abcdef' }, vocabulary: 6 },
      T: 5,
      ...{ loss: 'crossEntropy', outputActivation: 'softmax', lossPlacement: [2, 9] },
    });
    // Steps beyond its T have no loss, as in the page's own configuration.
    expect(changed({ pins: [text] }).pins[0]!.configuration.lossPlacement).toEqual([2]);
    const long = pin('text', { ...text.configuration, T: 50 });
    expect(refusal(() => changed({ pins: [pin('a'), long] }))).toMatchObject({
      path: 'pins.1.configuration.T',
      code: 'invalid-configuration',
    });
    const loss = pin('loss', { loss: 'crossEntropy' });
    expect(refusal(() => changed({ pins: [loss] })).path).toBe('pins.0.configuration.loss');
    const wide = pin('wide', { arrays: { Wh: [1, 2, 3] } });
    expect(refusal(() => changed({ pins: [wide] })).path).toBe('pins.0.configuration.arrays.Wh');
    const link = { ...D, pins: [wide] };
    expect(refusal(() => fitConfiguration(link, taskKnowledge)).message).toMatch(
      /^pins\.0\.configuration\.arrays\.Wh needs 576 numbers/,
    );
    expect(fitConfiguration({ ...D, pins: [text] }, taskKnowledge).pins[0]).toMatchObject({
      configuration: { lossPlacement: [2] },
    });
  });

  it('are part of a complete configuration', () => {
    expect(parseConfiguration({ ...RUN, training: D.training, view: D.view })).toMatchObject({
      ok: false,
      complaints: [{ path: 'pins' }],
    });
    expect(parseConfiguration({ ...D, pins: [pin('a')] }).ok).toBe(true);
  });

  it('go with everything else when the page is reset', () => {
    const pinned = changed({ gain: 2, pins: [pin('a')] });
    expect(changed(DEFAULT_CONFIGURATION, pinned)).toEqual(D);
  });
});
