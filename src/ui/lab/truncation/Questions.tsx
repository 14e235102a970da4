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
  const from = reachOf(marks, step, T);
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
      answer: text('ask.reachAnswer', {
        step: formatCount(step),
        from: formatCount(from),
        steps: formatCount(step - from + 1),
        mean: formatNumber(meanReach(marks, T)),
      }),
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

/** Steps that a loss reaches, itself included, on average over all steps. */
function meanReach(marks: LinkMarks, T: number): number {
  // A few thousand of very many steps give the mean just as well.
  const stride = Math.max(1, Math.floor(T / 4096));
  let sum = 0;
  let count = 0;
  for (let step = 1; step <= T; step += stride) {
    sum += step - reachOf(marks, step, T) + 1;
    count++;
  }
  return sum / count;
}

function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${formatNumber(bytes)} B`;
  if (bytes < 1e6) return `${formatNumber(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${formatNumber(bytes / 1e6)} MB` : `${formatNumber(bytes / 1e9)} GB`;
}
