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
import { Flag } from './OptionalRow';
import { useTraining } from './useTraining';

/** Training, watched from inside. */
export function TrainPanel(): ReactNode {
  const text = useText();
  const training = useTraining();
  return (
    <Panel title={text('train.title')} formula={text('train.formula')} about={text('train.about')}>
      <TrainButtons training={training} />
      <TrainStatus training={training} />
      <HistorySlider training={training} />
      <TrainSettings />
      <TaskScore />
      <TrainCharts />
      <FlowPart />
      <RunList training={training} />
      <Flag
        label={text('train.hidden')}
        checked={training.goesOnHidden}
        onChange={(goesOn) => training.setGoesOnHidden(goesOn)}
      />
    </Panel>
  );
}
