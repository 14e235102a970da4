import { missesLosses, type GradientFlow } from '../../analysis/gradientFlow';
import { whatStops } from '../../model/links';
import type { Result } from '../../state/types';
import type { Translate } from '../app/context';
import { formatSteps, regimeOf } from '../timeline/flow';

type Run = Pick<Result, 'summary' | 'problem'>;

/** A number as it is read aloud: 3e-9 rather than superscripts, which voices leave out. */
export function spokenLog2(log2: number): string {
  if (log2 === -Infinity) return '0';
  if (!Number.isFinite(log2)) return '?';
  const log10 = log2 * Math.log10(2);
  const exponent = Math.floor(log10);
  const mantissa = Number((10 ** (log10 - exponent)).toPrecision(2));
  if (exponent >= -3 && exponent < 4) return String(Number((2 ** log2).toPrecision(2)));
  return mantissa === 10 ? `1e${exponent + 1}` : `${mantissa}e${exponent}`;
}

/** What has come out, in sentences: the regime, the norms at both ends, the loss. */
export function resultText(run: Run, flow: GradientFlow | null, text: Translate): string[] {
  const { summary, problem } = run;
  const sentences = flow === null ? [text('summary.measuring')] : flowSentences(flow, text);
  if (flow !== null && flow.to >= 1) {
    const norms = summary.series.log2StateGradient;
    sentences.push(
      text('summary.norms', {
        first: spokenLog2(norms[flow.from - 1] ?? NaN),
        from: flow.from,
        last: spokenLog2(norms[flow.to - 1] ?? NaN),
        to: flow.to,
      }),
    );
    if (flow.lastCut !== null) {
      const stop = whatStops(problem, flow.lastCut);
      sentences.push(text(`summary.stopped.${stop}`, { step: flow.lastCut }));
    }
  }
  if (!missesLosses(problem, summary.overflowAt)) {
    sentences.push(text('summary.loss', { loss: spokenNumber(summary.totalLoss) }));
  }
  return sentences;
}

function flowSentences(flow: GradientFlow, text: Translate): string[] {
  const { factor, overflowAt, halfLife, doublingTime } = flow;
  const measured = { factor: factor === null ? '?' : String(Number(factor.toPrecision(3))) };
  switch (regimeOf(flow)) {
    case 'vanishing':
      return [
        text('summary.vanishing', measured) +
          (halfLife === null ? '' : text('summary.halves', { count: formatSteps(halfLife) })),
      ];
    case 'exploding':
      return [
        text('summary.exploding', measured) +
          (doublingTime === null
            ? ''
            : text('summary.doubles', { count: formatSteps(doublingTime) })),
      ];
    case 'stable':
      return [text('summary.stable', measured)];
    case 'zero':
      return [text('verdict.announceZero', { step: flow.zeroAt ?? 0 })];
    case 'none':
      return [text('verdict.announceNone')];
    case 'unmeasured':
      return [text('verdict.announceUnmeasured')];
    case 'overflow':
      return [text('verdict.announceOverflow', { step: overflowAt ?? 0 })];
  }
}

function spokenNumber(value: number): string {
  if (!Number.isFinite(value)) return '?';
  return value === 0 ? '0' : String(Number(value.toPrecision(3)));
}
