import { memo, useState, type ReactNode } from 'react';
import { useText } from '../app/context';
import { useErrorText } from '../app/useErrorText';
import { shareLegend } from '../charts/export/legends';
import { formatShare } from '../charts/format';
import { MathText, plainMath } from '../charts/MathText';
import type { ResultTrackProps } from './HeatTracks';
import { SaturationPlot } from './SaturationPlot';
import { saturationData } from './saturationData';
import { formatLimit, keyShare, meanShares, sharesAt, type UnitShares } from './saturationView';
import { Track, type TrackChart } from './Track';
import { useSaturation } from './useSaturation';
import styles from './SaturationTrack.module.css';

type Counted = 'preActivations' | 'slopes';

const NAMES: Record<Counted, string> = { preActivations: '*a*_t', slopes: '*f* ′(*a*_t)' };

/** Where the units sit on f, and how many of them let no gradient through. */
export const SaturationTrack = memo(function SaturationTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end } = props;
  const text = useText();
  const errorText = useErrorText();
  const [counted, setCounted] = useState<Counted>('preActivations');
  const saturation = useSaturation(result, shown);
  const view = saturation.shown?.view ?? null;
  const means = view === null ? null : meanShares(view, shown.from, shown.to);
  const sharesText = ({ saturated, dead }: UnitShares): string =>
    text('track.saturationReadout', { saturated: keyShare(saturated), dead: keyShare(dead) });

  const accessible = { saturated: share(means?.saturated ?? NaN), dead: share(means?.dead ?? NaN) };

  const note =
    saturation.error !== null
      ? errorText(saturation.error.code)
      : saturation.shown === null
        ? text('lab.computing')
        : null;

  const about = saturation.shown;
  const chart: TrackChart | null =
    about === null
      ? null
      : {
          data: () => saturationData(about, counted, shown, text),
          legend: shareLegend,
          note: `${NAMES[counted]}: ${rangeOf(about.view[counted])}`,
        };

  return (
    <Track
      id="saturation"
      shown={shown}
      direction="forward"
      name={text('track.saturation')}
      caption={view === null ? '' : rangeOf(view[counted])}
      control={<Choice counted={counted} onChange={setCounted} />}
      figure={means === null ? '' : sharesText(means)}
      chart={chart}
      readout={(step) => {
        const shares = view === null || step >= end ? null : sharesAt(view, step);
        return shares === null ? null : sharesText(shares);
      }}
    >
      {(scale, height) => (
        <>
          {saturation.shown !== null && (
            <div
              role="group"
              aria-label={text('track.saturationAccessible', accessible)}
              className={styles.plot}
              data-stale={saturation.isStale}
            >
              <SaturationPlot
                shown={saturation.shown}
                counted={counted}
                scale={scale}
                height={height}
                end={end}
              />
            </div>
          )}
          {note !== null && <p className={styles.note}>{note}</p>}
        </>
      )}
    </Track>
  );
});

function share(part: number): string {
  return formatShare(Math.log2(part));
}

function rangeOf({ least, greatest }: { least: number; greatest: number }) {
  return `${formatLimit(least)} … ${formatLimit(greatest)}`;
}

/** What the heat map counts; two radio buttons, so that both names are in sight. */
function Choice(props: {
  readonly counted: Counted;
  readonly onChange: (counted: Counted) => void;
}): ReactNode {
  const text = useText();
  return (
    <div className={styles.choice} role="group" aria-label={text('track.saturationChoice')}>
      {(['preActivations', 'slopes'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className={styles.option}
          aria-pressed={kind === props.counted}
          aria-label={plainMath(NAMES[kind])}
          onClick={() => props.onChange(kind)}
        >
          <MathText text={NAMES[kind]} />
        </button>
      ))}
    </div>
  );
}
