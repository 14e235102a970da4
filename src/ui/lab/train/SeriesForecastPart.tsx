import { useMemo, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import { LineChart } from '../../charts/LineChart';
import { NumberRow } from '../../controls/NumberRow';
import { wholeScale } from '../../controls/numberScale';
import lab from '../lab.module.css';
import { PanelPart } from '../Panel';
import type { SeriesForecast } from './scoring';
import styles from './score.module.css';

/** Together with the data drawn no more than a chart holds. */
const HORIZONS = wholeScale({ least: 1, most: 128 });

interface SeriesForecastPartProps {
  readonly forecast: SeriesForecast | null;
  readonly isStale: boolean;
  readonly horizon: number;
  readonly onHorizon: (horizon: number) => void;
}

/** The end of a series, what was predicted of it, and how the network goes on by itself. */
export function SeriesForecastPart(props: SeriesForecastPartProps): ReactNode {
  const { forecast, isStale, horizon, onHorizon } = props;
  const text = useText();
  return (
    <PanelPart title={text('score.forecast')}>
      <div className={styles.chart} data-stale={isStale}>
        {forecast !== null && <ForecastChart forecast={forecast} />}
      </div>
      <NumberRow
        name={text('score.horizon')}
        value={horizon}
        scale={HORIZONS}
        onChange={onHorizon}
        slider
      />
      <p className={lab.note}>{text('score.forecastNote')}</p>
    </PanelPart>
  );
}

function ForecastChart({ forecast }: { readonly forecast: SeriesForecast }): ReactNode {
  const text = useText();
  const { first, data, predicted, beyond } = forecast;
  const last = first + data.length - 1;
  const xs = useMemo(
    () => Array.from({ length: data.length + beyond.length }, (_, i) => first + i),
    [first, data, beyond],
  );
  const series = useMemo(() => {
    const none = (count: number) => new Array<null>(count).fill(null);
    return [
      {
        ...{ id: 'data', name: text('score.data'), colour: 'var(--ink)' },
        values: [...data, ...none(beyond.length)],
      },
      {
        ...{ id: 'predicted', name: text('score.predicted'), colour: 'var(--forward)' },
        dash: '6 2',
        values: [...predicted, ...none(beyond.length)],
      },
      {
        ...{ id: 'beyond', name: text('score.beyond'), colour: 'var(--backward)' },
        dash: '2 3',
        // It begins where the last prediction with true values before it ends.
        values: [...none(data.length - 1), predicted[data.length - 1] ?? null, ...beyond],
      },
    ];
  }, [text, data, predicted, beyond]);
  return (
    <LineChart
      id="forecast"
      label={text('score.forecastLabel')}
      title={text('score.forecast')}
      xs={xs}
      xName={text('score.item')}
      xId="number"
      yName={text('score.value')}
      series={series}
      markX={last}
      markName={text('score.ends')}
      format={(value) => formatNumber(value)}
      formatX={formatCount}
    />
  );
}
