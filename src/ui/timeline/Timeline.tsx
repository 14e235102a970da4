import { useMemo, useRef, useState, type ComponentType, type ReactNode } from 'react';
import type { AxisTrackId } from '../../model/configuration';
import { useText } from '../app/context';
import { formatLog2 } from '../charts/format';
import { useTimelineActions } from './actions';
import { ContributionTrack, GradientTrack } from './GradientTracks';
import { GraphTrack } from './GraphTrack';
import { ErrorsTrack, InputsTrack, StatesTrack, type ResultTrackProps } from './HeatTracks';
import { HoverChannel, HoverContext } from './hover';
import { LossTrack } from './LossTrack';
import { Overlay } from './Overlay';
import { PicturesContext, RowPictures } from './pictures';
import { Progress } from './Progress';
import { Rail } from './Rail';
import { createReadout } from './readout';
import { SaturationTrack } from './SaturationTrack';
import { TimeAxis } from './TimeAxis';
import { Transport } from './Transport';
import { stopsWithin } from './useMarks';
import { usePlayback } from './usePlayback';
import { useTimeline, type TimelineModel } from './useTimeline';
import styles from './Timeline.module.css';

const AXIS_TRACK: Record<AxisTrackId, ComponentType<ResultTrackProps>> = {
  inputs: InputsTrack,
  states: StatesTrack,
  saturation: SaturationTrack,
  loss: LossTrack,
  errors: ErrorsTrack,
  gradient: GradientTrack,
  contribution: ContributionTrack,
};

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
              {model.configuration.view.order.map((id) => {
                const AxisTrack = AXIS_TRACK[id];
                return <AxisTrack key={id} {...common} />;
              })}
              <Overlay model={model} actions={actions} playback={playback} valueText={valueText} />
            </div>
            <TimeAxis shown={shown} actions={actions} />
          </div>
        </section>
      </PicturesContext.Provider>
    </HoverContext.Provider>
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
