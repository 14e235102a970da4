import { useRef, useState, type ReactNode } from 'react';
import { ResultStage, useText } from '../app/context';
import { useOvertaken } from '../app/useOvertaken';
import { STAGE } from '../app/resultStages';
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
import { usePlayback } from './usePlayback';
import { useTimeAxis } from './useTimeline';
import styles from './Timeline.module.css';

/**
 * The page's heart: everything that flows through time, on one axis. Its parts take the results by
 * themselves, each in its stage.
 */
export function Timeline(): ReactNode {
  const axis = useTimeAxis();
  const actions = useTimelineActions();
  const text = useText();
  const rootRef = useRef<HTMLElement>(null);
  const [speed, setSpeed] = useState(1);
  const [hover] = useState(() => new HoverChannel());
  const [pictures] = useState(() => new RowPictures());
  const playback = usePlayback(rootRef, actions, speed);
  const { shown, step, T, marks } = axis;
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
            axis={axis}
            actions={actions}
            playback={playback}
            speed={speed}
            onSpeed={setSpeed}
          />
          <Progress />
          <div className={styles.room}>
            <div className={styles.body}>
              <ResultStage value={STAGE.timeline}>
                <GraphTrack
                  shown={shown}
                  step={step}
                  T={T}
                  marks={marks}
                  phase={playback.phase}
                  actions={actions}
                />
              </ResultStage>
              <div className={styles.shared}>
                <Rail marks={marks} />
                {axis.order.map((id, place) => (
                  <ResultStage key={id} value={STAGE.timeline + 1 + place}>
                    <AxisRow id={id} shown={shown} />
                  </ResultStage>
                ))}
                <ResultStage value={STAGE.overlay}>
                  <Overlay axis={axis} actions={actions} playback={playback} />
                </ResultStage>
              </div>
              <TimeAxis shown={shown} actions={actions} />
            </div>
          </div>
        </section>
      </PicturesContext.Provider>
    </HoverContext.Provider>
  );
}
