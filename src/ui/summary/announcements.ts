import type { GradientFlow } from '../../analysis/gradientFlow';
import type { MessageKey } from '../../i18n';
import type { Translate } from '../app/context';
import { regimeOf, type Regime } from '../timeline/flow';

/** What becomes of the gradient; the steps are for the words only, and moving a cut is no news. */
export interface Standing {
  readonly regime: Regime;
  /** What ends its way back before step 1 */
  readonly stopped: Stop | null;
  readonly stopStep: number;
  readonly overflowAt: number;
  readonly zeroAt: number;
}

type Stop = 'cut' | 'reset' | 'window';

/** `stop`: what is at `flow.lastCut`, where there is one */
export function standingOf(flow: GradientFlow, stop: Stop): Standing {
  const regime = regimeOf(flow);
  return {
    regime,
    // After an overflow nothing else matters.
    stopped: flow.lastCut === null || regime === 'overflow' ? null : stop,
    stopStep: flow.lastCut ?? 0,
    overflowAt: flow.overflowAt ?? 0,
    zeroAt: flow.zeroAt ?? 0,
  };
}

function sameStanding(a: Standing, b: Standing): boolean {
  return a.regime === b.regime && a.stopped === b.stopped;
}

const REGIME_KEYS = {
  vanishing: 'verdict.announceVanishing',
  stable: 'verdict.announceStable',
  exploding: 'verdict.announceExploding',
  overflow: 'verdict.announceOverflow',
  zero: 'verdict.announceZero',
  none: 'verdict.announceNone',
  unmeasured: 'verdict.announceUnmeasured',
} as const satisfies Record<Regime, MessageKey>;

/** What is different from `before`: the regime, what stops the gradient, or both. */
export function standingText(now: Standing, before: Standing, text: Translate): string {
  const sentences: string[] = [];
  if (now.regime !== before.regime) {
    const step = now.regime === 'zero' ? now.zeroAt : now.overflowAt;
    sentences.push(text(REGIME_KEYS[now.regime], { step }));
  }
  if (now.stopped !== before.stopped && now.regime !== 'overflow') {
    sentences.push(
      now.stopped === null
        ? text('announce.whole')
        : text(`announce.stopped.${now.stopped}`, { step: now.stopStep }),
    );
  }
  return sentences.join(text('summary.gap'));
}

/** Least milliseconds between two announcements: a drag is not a torrent. */
const INTERVAL = 1000;

export interface Clock {
  now(): number;
  /** Calls back after so many milliseconds; the function given back calls it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/**
 * What is to be said aloud, at most once a second: the newest text of each topic, all topics that
 * wait together. A text that is withdrawn before its turn is never heard.
 */
export class Announcer {
  private readonly waiting = new Map<string, { text: string; onSaid: () => void }>();
  private last = -Infinity;
  private callOff: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly say: (text: string) => void,
  ) {}

  announce(topic: string, text: string, onSaid: () => void = () => undefined): void {
    this.waiting.delete(topic);
    this.waiting.set(topic, { text, onSaid });
    const wait = this.last + INTERVAL - this.clock.now();
    if (wait <= 0) this.speak();
    else this.callOff ??= this.clock.after(wait, () => this.speak());
  }

  withdraw(topic: string): void {
    this.waiting.delete(topic);
  }

  dispose(): void {
    this.callOff?.();
    this.callOff = null;
    this.waiting.clear();
  }

  private speak(): void {
    this.callOff?.();
    this.callOff = null;
    if (this.waiting.size === 0) return;
    const said = [...this.waiting.values()];
    this.waiting.clear();
    this.last = this.clock.now();
    this.say(said.map(({ text }) => text).join(' '));
    for (const { onSaid } of said) onSaid();
  }
}

/** Announces a standing that is not the one last heard; the first one of a page is not news. */
export class StandingWatcher {
  private heard: Standing | null = null;

  constructor(
    private readonly announcer: Announcer,
    private readonly textOf: (now: Standing, before: Standing) => string,
  ) {}

  update(now: Standing): void {
    const before = this.heard;
    if (before === null) this.heard = now;
    else if (sameStanding(before, now)) this.announcer.withdraw('standing');
    else {
      this.announcer.announce('standing', this.textOf(now, before), () => {
        this.heard = now;
      });
    }
  }
}
