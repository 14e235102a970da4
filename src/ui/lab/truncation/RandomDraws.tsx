import { useState, type ReactNode } from 'react';
import type { TruncationSamples } from '../../../model/truncationAnalyses';
import type { Result } from '../../../state/types';
import { useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import { LineChart } from '../../charts/LineChart';
import { MathText } from '../../charts/MathText';
import buttons from '../../theme/buttons.module.css';
import { AnalysisFrame } from '../AnalysisFrame';
import { PanelPart } from '../Panel';
import { useKeptAnalysis } from '../useKeptAnalysis';
import styles from './truncation.module.css';

const COUNTS = [256, 1000, 4000] as const;
const MOST_POINTS = 64;
const BAND = { colour: 'var(--ink-soft)', dash: '2 3' } as const;

/** How the mean over independent draws of a random scheme comes to the full gradient. */
export function RandomDraws({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const { truncation } = result.configuration;
  const [samples, setSamples] = useState<(typeof COUNTS)[number]>(256);
  const question =
    truncation.kind === 'random'
      ? ({
          kind: 'truncationSamples',
          keep: truncation.keep,
          seed: truncation.seed,
          samples,
          points: MOST_POINTS,
        } as const)
      : null;
  const kept = useKeptAnalysis(question);
  if (kept === null) return null;
  return (
    <PanelPart title={text('draws.title')}>
      <p className={styles.about}>
        <MathText text={text('draws.about')} />
      </p>
      <div className={styles.counts} role="group" aria-label={text('draws.count')}>
        {COUNTS.map((count) => (
          <button
            key={count}
            type="button"
            className={buttons.small}
            aria-pressed={count === samples}
            onClick={() => setSamples(count)}
          >
            {formatCount(count)}
          </button>
        ))}
        <span>{text('draws.count')}</span>
      </div>
      <AnalysisFrame question={kept.asked} analysis={kept.analysis} height="22rem">
        {(draws) => <Draws draws={draws} />}
      </AnalysisFrame>
    </PanelPart>
  );
}

function Draws({ draws }: { readonly draws: TruncationSamples }): ReactNode {
  const text = useText();
  const xs = Array.from(draws.counts);
  const last = xs.length - 1;
  const n = xs[last]!;
  const error = (i: number) => draws.sd[i]! / Math.sqrt(xs[i]!);
  const band = (side: number) =>
    xs.map((_, i) => {
      const value = draws.mean[i]! + side * error(i);
      return Number.isFinite(value) ? value : null;
    });
  return (
    <>
      <p>
        {text('draws.result', {
          n: formatCount(n),
          mean: formatNumber(draws.mean[last]!),
          error: formatNumber(error(last), 2),
          sd: formatNumber(draws.sd[last]!),
        })}
      </p>
      <LineChart
        id="draws-projection"
        label={text('draws.chart')}
        xs={xs}
        xName={text('draws.n')}
        xId="n"
        yName={text('draws.projection')}
        series={[
          {
            ...{ id: 'mean', name: text('draws.mean'), colour: 'var(--backward)' },
            values: Array.from(draws.mean),
          },
          { ...BAND, id: 'mean_plus_se', name: text('draws.upper'), values: band(1) },
          { ...BAND, id: 'mean_minus_se', name: text('draws.lower'), values: band(-1) },
        ]}
        xAxis="log10"
        references={[{ value: 1, name: text('draws.full') }]}
        format={(v) => formatNumber(v)}
        formatX={formatCount}
      />
      <LineChart
        id="draws-error"
        label={text('draws.errorChart')}
        xs={xs}
        xName={text('draws.n')}
        xId="n"
        yName={text('draws.error')}
        series={[
          {
            id: 'relative_error',
            name: text('draws.error'),
            colour: 'var(--backward)',
            values: Array.from(draws.relativeError, (v) => (v > 0 ? Math.log10(v) : null)),
          },
        ]}
        xAxis="log10"
        yAxis="log10"
        format={(v) => formatNumber(10 ** v)}
        formatX={formatCount}
        height={110}
      />
    </>
  );
}
