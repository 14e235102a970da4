import { memo, useMemo, type ReactNode } from 'react';
import type { LinkMarks } from '../../analysis/reach';
import type { Result } from '../../state/types';
import { useText } from '../app/context';
import { formatCount } from '../charts/format';
import { MathText } from '../charts/MathText';
import type { TimeScale } from '../charts/timeScale';
import type { TimelineActions } from './actions';
import { edgeScale, graphLayout, nodeValues } from './graph';
import { Track } from './Track';
import { graphData } from './trackFiles';
import { UnrolledGraph } from './UnrolledGraph';
import { stopsWithin } from './useMarks';
import { useShownResult } from './useTimeline';
import type { Phase } from './usePlayback';
import type { ShownSteps } from './window';
import styles from './UnrolledGraph.module.css';

interface GraphTrackProps {
  readonly shown: ShownSteps;
  readonly step: number;
  readonly T: number;
  readonly marks: LinkMarks;
  readonly phase: Phase;
  readonly actions: TimelineActions;
}

export const GraphTrack = memo(function GraphTrack(props: GraphTrackProps): ReactNode {
  const { shown, step, T } = props;
  const { result, end } = useShownResult();
  const text = useText();
  return (
    <Track
      id="graph"
      shown={shown}
      name={text('track.graph')}
      caption={text('track.graphCaption', { step: formatCount(step) })}
      figure={
        <span title={text('track.graphColour')}>
          <span className={styles.forwardText}>
            <MathText text={text('track.graphForward')} />
          </span>{' '}
          <br />
          <span className={styles.backwardText}>
            <MathText text={text('track.graphBackward')} />
          </span>
        </span>
      }
      chart={
        result === null
          ? null
          : {
              data: (scale, height) => graphData(result, graphLayout(scale, step, T, height), text),
            }
      }
    >
      {(scale, height) => <GraphStage {...props} {...{ result, end, scale, height }} />}
    </Track>
  );
});

interface GraphStageProps extends GraphTrackProps {
  readonly result: Result | null;
  /** First step without values, or Infinity */
  readonly end: number;
  readonly scale: TimeScale;
  readonly height: number;
}

function GraphStage(props: GraphStageProps): ReactNode {
  const { result, end, step, T, marks, phase, actions, scale, height } = props;
  const text = useText();
  const layout = useMemo(() => graphLayout(scale, step, T, height), [scale, step, T, height]);
  const view = result?.view ?? null;
  const own = result?.step ?? null;
  const values = useMemo(
    () => (view === null ? [] : nodeValues(view.states, view.window, layout.from, layout.to, own)),
    [view, layout, own],
  );
  const errors = result?.summary.series.log2ErrorSignal ?? null;
  const edges = useMemo(() => edgeScale(errors ?? new Float64Array(), layout), [errors, layout]);
  const stops = useMemo(
    () => stopsWithin(marks, layout.from, layout.to),
    [marks, layout.from, layout.to],
  );
  return (
    <UnrolledGraph
      layout={layout}
      width={scale.width}
      height={height}
      step={step}
      T={T}
      values={values}
      errors={errors}
      edges={edges}
      lossWeights={result?.problem.lossWeights ?? []}
      stops={stops}
      factor={marks.factor}
      end={end}
      phase={phase}
      label={text('track.graphAccessible', {
        from: layout.from,
        to: layout.to,
        cuts: stops.size,
      })}
      actions={actions}
    />
  );
}
