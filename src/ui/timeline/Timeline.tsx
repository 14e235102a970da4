import { useRef, useState, type ReactNode } from 'react';
import { ResultStage, useText } from '../app/context';
import { useOvertaken } from '../app/useOvertaken';
import { STAGE } from '../app/resultStages';
import { formatLog2 } from '../charts/format';
import { useTimelineActions } from './actions';
import { AxisRow } from './AxisRow';
import { GraphTrack } from './GraphTrack';
import { HoverChannel, HoverContext } from './hover';
import { Overlay } from './Overlay';
import { PicturesContext, RowPictures } from './pictures';
import { Progress } from './Progress';
import { Rail } from './Rail';
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
  const valueText = useValueText(model);
  const isOvertaken = useOvertaken();

  return (
    <HoverContext.Provider value={hover}>
      <PicturesContext.Provider value={pictures}>
        <section
          ref={rootRef}
          className={styles.timeline}
          data-overtaken={isOvertaken}
          aria-label={text('timeline.label')}
        >
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
              {model.configuration.view.order.map((id, place) => (
                <ResultStage key={id} value={STAGE.timeline + 1 + place}>
                  <AxisRow id={id} shown={shown} />
                </ResultStage>
              ))}
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
