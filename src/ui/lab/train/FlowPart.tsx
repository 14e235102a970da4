import { useEffect, useMemo, type ReactNode } from 'react';
import type { TrainingRun } from '../../../state/training/trainingRun';
import type { TrainingStore } from '../../../state/training/types';
import { useServices, useText } from '../../app/context';
import { useErrorText } from '../../app/useErrorText';
import { formatCount, formatNumber } from '../../charts/format';
import { LineChart, type LineSeries } from '../../charts/LineChart';
import { PanelPart } from '../Panel';
import { horizonOf, measuredSnapshots } from './horizon';
import { Live } from './Live';
import { HorizonMap } from './HorizonMap';
import labStyles from '../lab.module.css';
import styles from './train.module.css';
import { CHART_INTERVAL, useThrottledStore } from './useTraining';

/** What was measured on the recorded networks: how gradients flow through each of them. */
export function FlowPart(): ReactNode {
  const { measurer } = useServices();
  useEffect(() => measurer.want(), [measurer]);
  return <Live>{(training) => <FollowedRun training={training} />}</Live>;
}

function FollowedRun({ training }: { readonly training: TrainingStore }): ReactNode {
  const { measurer } = useServices();
  useThrottledStore(measurer, CHART_INTERVAL);
  const run = training.current();
  if (run === null || run.records.isEmpty) return null;
  return <Measured run={run} training={training} version={measurer.version()} />;
}

interface MeasuredProps {
  readonly run: TrainingRun;
  readonly training: TrainingStore;
  /** Rises when something was measured */
  readonly version: number;
}

function Measured({ run, training, version }: MeasuredProps): ReactNode {
  const text = useText();
  const errorText = useErrorText();
  const failure = useServices().measurer.failure(run);
  const measured = measuredSnapshots(run);
  const { step } = run;
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the run is mutable: its version counts
  const horizon = useMemo(() => horizonOf(run), [run, version, step]);
  const shown = training.shown();
  const xs = measured.map((snapshot) => snapshot.step);
  const series: LineSeries[] = [
    {
      id: 'spectral_radius',
      name: text('train.rho'),
      colour: 'var(--forward)',
      dash: '6 3',
      values: measured.map(({ measurement }) => finite(measurement!.spectralRadius)),
    },
    {
      id: 'factor_per_step',
      name: text('train.factor'),
      colour: 'var(--backward)',
      values: measured.map(({ measurement }) => finite(measurement!.factor)),
    },
  ];
  return (
    <>
      <PanelPart title={text('train.flow')}>
        <LineChart
          id="training-flow"
          label={text('train.flow')}
          xs={xs}
          xName={text('train.update')}
          xId="update"
          yName="×"
          series={series}
          references={ONE}
          markX={shown !== null && shown.run === run ? shown.step : null}
          format={formatNumber}
          formatX={formatCount}
          onPick={(x) => training.show(run, x)}
          height={110}
        />
        <p className={styles.note}>{text('train.flowAbout')}</p>
      </PanelPart>
      {horizon !== null && <HorizonMap run={run} training={training} horizon={horizon} />}
      {failure !== null ? (
        <p className={labStyles.failure}>{errorText(failure.code)}</p>
      ) : (
        <p className={styles.note}>
          {measured.length < run.snapshots.length &&
            text('train.measuring', { done: measured.length, all: run.snapshots.length })}
        </p>
      )}
    </>
  );
}

const ONE = [{ value: 1, name: '1' }];

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
