import type { ReactNode } from 'react';
import { linkMarks, reachOf, type LinkMarks } from '../../../analysis/reach';
import type { Result } from '../../../state/types';
import { useAppState, useText, type Translate } from '../../app/context';
import { formatCount, formatLog2, formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import styles from './truncation.module.css';

interface Question {
  readonly ask: string;
  readonly answer: string;
}

/** What people ask about detach, answered with the numbers of the network that is shown. */
export function Questions({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const step = useAppState((state) => state.configuration.view.step);
  return (
    <dl className={styles.questions}>
      {questionsAbout(result, step, text).map(({ ask, answer }) => (
        <div key={ask}>
          <dt>
            <MathText text={ask} />
          </dt>
          <dd>
            <MathText text={answer} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function questionsAbout(result: Result, shown: number, text: Translate): Question[] {
  const { configuration, problem, summary } = result;
  const { T } = problem;
  const marks = linkMarks(configuration);
  const step = Math.min(shown, T);
  const stop = firstStop(marks);
  const isWhole = stop === null && marks.window === null;
  const states = (steps: number) => formatBytes(8 * steps * problem.B * problem.H);
  const longest = longestChunk(marks, T);
  return [
    {
      ask: text('ask.why'),
      answer: text(longest < T ? 'ask.whyCut' : 'ask.whyWhole', {
        whole: states(T),
        chunk: states(longest),
      }),
    },
    {
      ask: text('ask.stops'),
      answer:
        stop === null
          ? text(marks.window === null ? 'ask.stopsNothing' : 'ask.stopsWindow', {
              depth: marks.window?.depth ?? 0,
            })
          : text('ask.stopsHere', { step: stop, before: stop - 1 }),
    },
    {
      ask: text('ask.reset'),
      answer:
        marks.resets.length > 0
          ? text('ask.resetYes', { step: marks.resets[0]! })
          : text(isWhole ? 'ask.resetWhole' : 'ask.resetNo', {
              before: (stop ?? step) - 1,
              norm: formatLog2(summary.series.log2State[(stop ?? step) - 2] ?? -Infinity),
            }),
    },
    {
      ask: text('ask.reach'),
      answer: reachAnswer(result, marks, step, text),
    },
    { ask: text('ask.kind'), answer: text(`ask.kind.${configuration.truncation.kind}`) },
  ];
}

/** The first step before which the error stops outright, after step 1. */
function firstStop({ cuts, schemeCuts, resets }: LinkMarks): number | null {
  const first = Math.min(
    ...[cuts, schemeCuts, resets].map((s) => s.find((t) => t > 1) ?? Infinity),
  );
  return first === Infinity ? null : first;
}

/** Steps whose states a backward pass needs at once. */
function longestChunk(marks: LinkMarks, T: number): number {
  let longest = 0;
  let first = 1;
  const stops = [...marks.cuts, ...marks.schemeCuts, ...marks.resets].sort((a, b) => a - b);
  for (const stop of [...stops, T + 1]) {
    longest = Math.max(longest, stop - first);
    first = stop;
  }
  return Math.min(longest, marks.window?.depth ?? T);
}

/** How far the loss at the playhead, or the next one that there is, is sent back, and all on average. */
function reachAnswer(result: Result, marks: LinkMarks, step: number, text: Translate): string {
  const { problem, summary } = result;
  const losses = lossSteps(problem.lossWeights, summary.overflowAt ?? Infinity);
  const loss = losses.find((t) => t >= step) ?? losses.at(-1);
  if (loss === undefined) return text('ask.reachNone');
  const reach = (t: number) => t - reachOf(marks, t, problem.T) + 1;
  // A few thousand of very many losses give the mean just as well.
  const stride = Math.max(1, Math.floor(losses.length / 4096));
  const counted = losses.filter((_, i) => i % stride === 0);
  const mean = counted.reduce((sum, t) => sum + reach(t), 0) / counted.length;
  const params = {
    step: formatCount(loss),
    from: formatCount(loss - reach(loss) + 1),
    steps: formatCount(reach(loss)),
    mean: formatNumber(mean),
  };
  return text(losses.length === 1 ? 'ask.reachOnly' : 'ask.reachAnswer', params);
}

/** The steps whose loss counts and was computed. */
function lossSteps(weights: ArrayLike<number>, end: number): number[] {
  const last = Math.min(weights.length, end - 1);
  return Array.from({ length: last }, (_, i) => i + 1).filter((t) => weights[t - 1] !== 0);
}

function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${formatNumber(bytes)} B`;
  if (bytes < 1e6) return `${formatNumber(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${formatNumber(bytes / 1e6)} MB` : `${formatNumber(bytes / 1e9)} GB`;
}
