import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { LinkMarks } from '../../analysis/reach';
import { useText } from '../app/context';
import { formatCount, formatLog2 } from '../charts/format';
import { MathText } from '../charts/MathText';
import { useTimelineActions } from './actions';
import { ContributionTrack, GradientTrack } from './GradientTracks';
import { GraphTrack } from './GraphTrack';
import { ErrorsTrack, InputsTrack, StatesTrack } from './HeatTracks';
import { HoverChannel, HoverContext } from './hover';
import { LossTrack } from './LossTrack';
import { Overlay } from './Overlay';
import { PicturesContext, RowPictures, usePictures, useRowPicture } from './pictures';
import { Progress } from './Progress';
import { createReadout } from './readout';
import { SaturationTrack } from './SaturationTrack';
import { TimeAxis } from './TimeAxis';
import { Transport } from './Transport';
import { stopsWithin } from './useMarks';
import { usePlayback } from './usePlayback';
import { useTimeline, type TimelineModel } from './useTimeline';
import styles from './Timeline.module.css';

/** The page's heart: everything that flows through time, on one axis. */
export function Timeline(): ReactNode {
  const model = useTimeline();
  const actions = useTimelineActions();
  const text = useText();
  const rootRef = useRef<HTMLElement>(null);
  const [speed, setSpeed] = useState(1);
  const [hover] = useState(() => new HoverChannel());
  const [pictures] = useState(() => new RowPictures());
  const playback = usePlayback(rootRef, actions, speed);
  const { result, shown, end, step, T } = model;
  // The summary is the same object while only the playhead moves.
  const summary = result?.summary;
  const readoutAt = useMemo(
    () => (summary === undefined ? null : createReadout(summary)),
    [summary],
  );
  const valueText = useValueText(model);
  const common = { result, shown, end, readoutAt };

  return (
    <HoverContext.Provider value={hover}>
      <PicturesContext.Provider value={pictures}>
        <section ref={rootRef} className={styles.timeline} aria-label={text('timeline.label')}>
          <Transport
            model={model}
            actions={actions}
            playback={playback}
            speed={speed}
            onSpeed={setSpeed}
          />
          <Progress first={result === null} />
          <div className={styles.body}>
            <GraphTrack
              result={result}
              shown={shown}
              step={step}
              T={T}
              marks={model.marks}
              end={end}
              phase={playback.phase}
              actions={actions}
            />
            <div className={styles.shared}>
              <Rail marks={model.marks} />
              <InputsTrack {...common} />
              <StatesTrack {...common} />
              <SaturationTrack {...common} />
              <LossTrack {...common} />
              <ErrorsTrack {...common} />
              <GradientTrack {...common} />
              <ContributionTrack {...common} />
              <Overlay model={model} actions={actions} playback={playback} valueText={valueText} />
            </div>
            <TimeAxis shown={shown} actions={actions} />
          </div>
        </section>
      </PicturesContext.Provider>
    </HoverContext.Provider>
  );
}

/** The row of the scissors; the overlay above it takes the clicks. */
function Rail({ marks }: { readonly marks: LinkMarks }): ReactNode {
  const text = useText();
  const { cuts, schemeCuts, resets } = marks;
  const count = cuts.length + schemeCuts.length;
  const words = [
    count === 1 && text('track.cutsOne'),
    count > 1 && text('track.cutsCount', { count: formatCount(count) }),
    resets.length > 0 && text('track.resetsCount', { count: formatCount(resets.length) }),
  ].filter((part) => part !== false);
  const railRef = useRef<HTMLDivElement>(null);
  const pictures = usePictures();
  useRowPicture('cuts', () => {
    if (count + resets.length === 0 || railRef.current === null) return null;
    return {
      title: text('track.cuts'),
      aside: words.join(', '),
      element: railRef.current,
      over: pictures.overlay,
      isFramed: false,
      isOnTimeAxis: true,
      legend: null,
    };
  });
  return (
    <div className={styles.rail}>
      <div className={styles.name}>
        <h3 className={styles.title}>{text('track.cuts')}</h3>
      </div>
      <div ref={railRef} className={styles.railStage}>
        {words.length === 0 && (
          <span className={styles.railHint}>
            <MathText text={text('track.cutsCaption')} />
          </span>
        )}
      </div>
      <div className={styles.figure}>
        {words.length === 0 ? text('track.cutsNone') : words.join(', ')}
      </div>
    </div>
  );
}

/** What a screen reader says about the playhead's step. */
function useValueText({ result, step, T, marks, end }: TimelineModel): string {
  const text = useText();
  const series = result?.summary.series;
  const at = (values: Float64Array | undefined): string =>
    step >= end ? '–' : formatLog2(values?.[step - 1] ?? NaN);
  return text('timeline.sliderValue', {
    step,
    T,
    delta: at(series?.log2ErrorSignal),
    gradient: at(series?.log2StateGradient),
    cut: text(stopsWithin(marks, step, step).size > 0 ? 'timeline.cutBefore' : 'timeline.noCut'),
  });
}
