import type { ReactNode } from 'react';
import { useText } from '../../app/context';
import { Panel } from '../Panel';
import { FlowPart } from './FlowPart';
import { HistorySlider } from './HistorySlider';
import { RunList } from './RunList';
import { TaskScore } from './TaskScore';
import { TrainButtons, TrainStatus } from './TrainButtons';
import { TrainCharts } from './TrainCharts';
import { TrainSettings } from './TrainSettings';
import { CHART_INTERVAL, useTraining } from './useTraining';

/** Training, watched from inside. */
export function TrainPanel(): ReactNode {
  const text = useText();
  return (
    <Panel title={text('train.title')} formula={text('train.formula')} about={text('train.about')}>
      <TrainHead />
      <TrainSettings />
      <TaskScore />
      <TrainCharts />
      <FlowPart />
      <Runs />
    </Panel>
  );
}

function Runs(): ReactNode {
  const training = useTraining(CHART_INTERVAL);
  return <RunList training={training} />;
}

/** What follows every change of a run. */
function TrainHead(): ReactNode {
  const training = useTraining();
  return (
    <>
      <TrainButtons training={training} />
      <TrainStatus training={training} />
      <HistorySlider training={training} />
    </>
  );
}
