import { memo, useMemo, type ReactNode } from 'react';
import { useText } from '../app/context';
import { HeatCanvas } from '../charts/HeatCanvas';
import { stretches } from '../charts/series';
import { ShareChart } from '../charts/ShareChart';
import { Swatch } from '../charts/Swatch';
import { AxisLabels } from '../charts/AxisLabels';
import type { TimeScale } from '../charts/timeScale';
import { MOST_POINTS } from './limits';
import { formatLimit, heatMapOf, SHARE_COLOURS } from './saturationView';
import type { ShownSaturation } from './useSaturation';
import styles from './SaturationTrack.module.css';

interface PlotProps {
  readonly shown: ShownSaturation;
  readonly counted: 'preActivations' | 'slopes';
  readonly scale: TimeScale;
  readonly height: number;
  readonly end: number;
}

/** The histogram of every step as colours, and over it the shares of saturated and dead units. */
export function SaturationPlot(props: PlotProps): ReactNode {
  const { shown, counted, scale, height, end } = props;
  const text = useText();
  const histogram = shown.view[counted];
  const map = useMemo(() => heatMapOf(histogram), [histogram]);
  const { least, greatest } = histogram;
  const hasDead = useMemo(() => shown.view.dead.some((share) => share > 0), [shown]);
  const range = { least: formatLimit(least), greatest: formatLimit(greatest) };
  return (
    <>
      <HeatCanvas
        map={map}
        data={shown.window}
        scale={scale}
        height={height}
        colours={SHARE_COLOURS}
        end={end}
        label={text(
          counted === 'slopes' ? 'track.slopesAccessible' : 'track.preActivationsAccessible',
          range,
        )}
      />
      <Shares {...props} hasDead={hasDead} />
      <AxisLabels
        ticks={(counted === 'slopes' ? [least, greatest] : [least, 0, greatest]).map((value) => ({
          // Inside the plot, where the outermost labels are not cut
          value: value + (greatest - least) * EDGE * Math.sign((least + greatest) / 2 - value),
          text: formatLimit(value),
        }))}
        low={least}
        high={greatest}
        height={height}
      />
      <span className={styles.legend} aria-hidden="true">
        <span>
          <Swatch kind="line" colour="var(--ink)" />
          {text('track.saturated')}
        </span>
        {hasDead && (
          <span>
            <Swatch kind="line" colour="var(--cut)" dash="4 3" />
            {text('track.dead')}
          </span>
        )}
      </span>
    </>
  );
}

/** How far from the edge the outermost labels are, as a part of the height */
const EDGE = 0.11;

const Shares = memo(function Shares(props: PlotProps & { readonly hasDead: boolean }): ReactNode {
  const { shown, scale, height, end, hasDead } = props;
  const { saturated, dead } = shown.view;
  const points = useMemo(() => {
    const deadParts = stretches(dead, scale, MOST_POINTS, end);
    return stretches(saturated, scale, MOST_POINTS, end).map(({ step, lastStep, max }, i) => ({
      step: (step + lastStep) / 2,
      saturated: max,
      dead: hasDead ? (deadParts[i]?.max ?? null) : null,
    }));
  }, [saturated, dead, scale, end, hasDead]);
  return <ShareChart points={points} scale={scale} height={height} />;
});
