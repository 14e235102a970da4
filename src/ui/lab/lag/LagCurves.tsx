import { useMemo, type ReactNode } from 'react';
import { lagCurve, lagHolding } from '../../../analysis/lagMap';
import { useText } from '../../app/context';
import { formatCount, formatLog2, formatNumber } from '../../charts/format';
import { LineChart, type LineSeries } from '../../charts/LineChart';
import { LOG10_OF_2 } from '../../charts/series';
import { PanelPart } from '../Panel';
import { shownLags } from './lagSize';

const SHARE = 0.9;

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);

/** How much gradient reaches back how far, whatever the step. */
export function LagCurves(props: {
  readonly log2Norm: Float64Array;
  readonly T: number;
}): ReactNode {
  const { log2Norm, T } = props;
  const text = useText();
  const { lags, mean, share, holding } = useMemo(() => {
    const curve = lagCurve(log2Norm, T);
    const lags = shownLags(T);
    return {
      lags,
      mean: lags.map((lag) => finiteOrNull(curve.log2Mean[lag]! * LOG10_OF_2)),
      share: lags.map((lag) => finiteOrNull(100 * curve.cumulative[lag]!)),
      holding: lagHolding(curve, SHARE),
    };
  }, [log2Norm, T]);
  const meanSeries = useMemo<LineSeries[]>(
    () => [{ id: 'mean', name: text('lag.mean'), colour: 'var(--backward)', values: mean }],
    [text, mean],
  );
  const shareSeries = useMemo<LineSeries[]>(
    () => [
      { id: 'percent', name: text('lag.cumulative'), colour: 'var(--forward)', values: share },
    ],
    [text, share],
  );
  const references = useMemo(() => [{ value: 100 * SHARE, name: '90 %' }], []);

  return (
    <PanelPart title={text('lag.byLag')}>
      {holding === null ? (
        <p>{text('lag.nothing')}</p>
      ) : (
        <>
          <p>{text('lag.holding', { lag: formatCount(holding) })}</p>
          <LineChart
            id="lag-mean"
            label={text('lag.mean')}
            xs={lags}
            xName={text('lag.lag')}
            xId="lag"
            yName={text('lag.meanAxis')}
            series={meanSeries}
            yAxis="log10"
            format={formatLog10}
            formatX={formatCount}
            height={130}
          />
          <LineChart
            id="lag-share"
            label={text('lag.cumulative')}
            xs={lags}
            xName={text('lag.lag')}
            xId="lag"
            yName={text('lag.cumulativeAxis')}
            series={shareSeries}
            references={references}
            markX={holding}
            format={formatPercent}
            formatX={formatCount}
            height={110}
          />
        </>
      )}
    </PanelPart>
  );
}

function formatLog10(log10: number): string {
  return formatLog2(log10 / LOG10_OF_2);
}

function formatPercent(value: number): string {
  return `${formatNumber(value)} %`;
}
