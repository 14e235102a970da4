import { describe, expect, it } from 'vitest';
import type { GradientFlow } from '../../../src/analysis/gradientFlow';
import { translate, type Language } from '../../../src/i18n';
import type { Translate } from '../../../src/ui/app/context';
import {
  Announcer,
  standingOf,
  standingText,
  StandingWatcher,
  type Clock,
  type Standing,
} from '../../../src/ui/summary/announcements';

const textIn =
  (language: Language): Translate =>
  (key, params) =>
    translate(language, key, params);

/** Time that passes only when told to. */
class FakeClock implements Clock {
  private time = 5000;
  private timers: { at: number; callback: () => void }[] = [];
  now = () => this.time;
  after(milliseconds: number, callback: () => void) {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
  pass(milliseconds: number) {
    const end = this.time + milliseconds;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers = this.timers.filter((other) => other !== due);
      this.time = due.at;
      due.callback();
    }
    this.time = end;
  }
}

function listening() {
  const clock = new FakeClock();
  const heard: { at: number; text: string }[] = [];
  const announcer = new Announcer(clock, (text) => heard.push({ at: clock.now() - 5000, text }));
  return { clock, heard, announcer, texts: () => heard.map(({ text }) => text) };
}

const standing = (regime: Standing['regime'], more: Partial<Standing> = {}): Standing => ({
  ...{ regime, stopped: null, stopStep: 0, overflowAt: 0, zeroAt: 0 },
  ...more,
});

describe('Announcer', () => {
  it('says the first thing at once and then nothing for a second', () => {
    const { clock, heard, announcer } = listening();
    announcer.announce('a', 'one');
    for (let i = 0; i < 50; i++) {
      clock.pass(10);
      announcer.announce('a', `drag ${i}`);
    }
    clock.pass(5000);
    expect(heard).toEqual([
      { at: 0, text: 'one' },
      { at: 1000, text: 'drag 49' },
    ]);
  });

  it('says what waits together, the newest of each topic', () => {
    const { clock, announcer, texts } = listening();
    announcer.announce('a', 'one');
    announcer.announce('a', 'two');
    announcer.announce('b', 'other');
    announcer.announce('a', 'three');
    clock.pass(1000);
    expect(texts()).toEqual(['one', 'other three']);
  });

  it('keeps quiet about what is withdrawn, and after its end', () => {
    const { clock, announcer, texts } = listening();
    announcer.announce('a', 'one');
    announcer.announce('a', 'two');
    announcer.withdraw('a');
    clock.pass(2000);
    announcer.announce('a', 'three');
    announcer.announce('a', 'four');
    announcer.dispose();
    clock.pass(2000);
    expect(texts()).toEqual(['one', 'three']);
  });
});

describe('StandingWatcher', () => {
  const watching = () => {
    const { clock, announcer, texts } = listening();
    const watcher = new StandingWatcher(announcer, (now) => `${now.regime} ${now.stopped}`);
    return { clock, watcher, texts };
  };

  it('takes the first standing of a page for no news', () => {
    const { clock, watcher, texts } = watching();
    watcher.update(standing('vanishing'));
    watcher.update(standing('vanishing'));
    clock.pass(3000);
    expect(texts()).toEqual([]);
  });

  it('announces a change once, and forgets one that is gone before it was heard', () => {
    const { clock, watcher, texts } = watching();
    watcher.update(standing('vanishing'));
    watcher.update(standing('exploding'));
    watcher.update(standing('exploding'));
    // A drag back and forth within the second
    watcher.update(standing('stable'));
    watcher.update(standing('exploding'));
    clock.pass(3000);
    expect(texts()).toEqual(['exploding null']);
    watcher.update(standing('vanishing'));
    expect(texts()).toEqual(['exploding null', 'vanishing null']);
  });

  it('does not follow a cut that is moved', () => {
    const { clock, watcher, texts } = watching();
    watcher.update(standing('vanishing'));
    for (let step = 10; step < 60; step++) {
      watcher.update(standing('vanishing', { stopped: 'cut', stopStep: step }));
      clock.pass(100);
    }
    expect(texts()).toEqual(['vanishing cut']);
  });
});

describe('standingOf', () => {
  const flow = (change: Partial<GradientFlow>) =>
    ({
      kind: 'vanishing',
      factor: 0.9,
      lastCut: null,
      overflowAt: null,
      ...change,
    }) as GradientFlow;

  it('knows a cut from none, and lets an overflow outweigh it', () => {
    expect(standingOf(flow({}), 'cut')).toMatchObject({ regime: 'vanishing', stopped: null });
    expect(standingOf(flow({ lastCut: 9 }), 'reset')).toMatchObject({
      stopped: 'reset',
      stopStep: 9,
    });
    const over = flow({ kind: 'overflow', lastCut: 9, overflowAt: 50 });
    expect(standingOf(over, 'cut')).toMatchObject({ regime: 'overflow', stopped: null });
  });
});

describe.each(['en', 'zh-CN'] as const)('standingText in %s', (language) => {
  const text = textIn(language);
  const said = (now: Standing, before: Standing) => standingText(now, before, text);

  it('says only what is new', () => {
    const cut = { stopped: 'cut', stopStep: 40 } as const;
    expect(said(standing('exploding'), standing('stable'))).toBe(text('verdict.announceExploding'));
    expect(said(standing('stable', cut), standing('stable'))).toBe(
      text('announce.stopped.cut', { step: 40 }),
    );
    expect(said(standing('stable'), standing('stable', cut))).toBe(text('announce.whole'));
    expect(said(standing('zero', cut), standing('stable'))).toBe(
      `${text('verdict.announceZero', { step: 0 })}${text('summary.gap')}${text('announce.stopped.cut', { step: 40 })}`,
    );
  });

  it('says where an overflow is, and nothing of cuts then', () => {
    const over = standing('overflow', { overflowAt: 153 });
    const before = standing('exploding', { stopped: 'cut', stopStep: 4 });
    expect(said(over, before)).toBe(text('verdict.announceOverflow', { step: 153 }));
  });
});
