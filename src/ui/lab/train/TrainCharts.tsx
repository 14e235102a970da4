import { useCallback, useState, type ReactNode } from 'react';
import { PARAMETER_NAMES, type ParameterName } from '../../../model/optimizer';
import type { TrainingRun } from '../../../state/training/trainingRun';
import { useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import { LineChart, type LineSeries } from '../../charts/LineChart';
import { Chips } from '../../controls/Chips';
import { PanelPart } from '../Panel';
import labStyles from '../lab.module.css';
import { drawnRuns, runLine } from './runNames';
import { difference, gridOf, lineOf, nearestStep, toLog10, type UpdateGrid } from './trainData';
import { CHART_INTERVAL, useTraining } from './useTraining';
import styles from './train.module.css';
import { useBaselines } from './useBaselines';

/** What the records of a run say, update by update. */
export function TrainCharts(): ReactNode {
  const training = useTraining(CHART_INTERVAL);
  const text = useText();
  const run = training.current();
  const show = useCallback(
    (x: number) => {
      const now = training.current();
      if (now !== null) training.show(now, nearestStep(now, x));
    },
    [training],
  );
  const runs = drawnRuns(training.runs(), run);
  const grid = gridOf(runs);
  if (run === null || grid === null) {
    return <p className={labStyles.note}>{text('train.empty')}</p>;
  }
  const shown = training.shown();
  const common = {
    mark: shown !== null && shown.run === run ? shown.step : null,
    onPick: show,
    run,
  };
  const own = gridOf([run]);
  return (
    <>
      <LossChart {...common} runs={runs} all={training.runs()} grid={grid} />
      {own !== null && <GradientChart {...common} grid={own} />}
      {own !== null && <ParameterChart {...common} grid={own} />}
    </>
  );
}

interface ChartProps {
  readonly run: TrainingRun;
  readonly grid: UpdateGrid;
  /** The step whose network is shown */
  readonly mark: number | null;
  readonly onPick: (x: number) => void;
}

const HEIGHT = 120;

/** 10^x for the readouts of an axis of powers */
function formatPower(log10: number): string {
  return formatNumber(10 ** log10);
}

function LossChart(
  props: ChartProps & {
    readonly runs: readonly TrainingRun[];
    readonly all: readonly TrainingRun[];
  },
): ReactNode {
  const text = useText();
  const { run, runs, grid } = props;
  const series = runs.flatMap((other): LineSeries[] => {
    const line = runLine(other, props.all, run);
    if (line === null) return [];
    const name = text('train.run', { run: other.id });
    const values = lineOf(other, 'loss', grid, Math.log10);
    return [{ id: `loss_run_${other.id}`, name, values, ...line }];
  });
  const references = useBaselines(run.present.configuration);
  return (
    <PanelPart title={text('train.loss')}>
      <LineChart
        id="training-loss"
        label={text('train.loss')}
        xs={grid.xs}
        xName={text('train.update')}
        xId="update"
        yName={text('train.lossAxis')}
        series={series}
        yAxis="log10"
        references={references}
        markX={props.mark}
        format={formatPower}
        formatX={formatCount}
        onPick={props.onPick}
        height={HEIGHT}
      />
    </PanelPart>
  );
}

function GradientChart({ run, grid, mark, onPick }: ChartProps): ReactNode {
  const text = useText();
  const before = lineOf(run, 'log2Gradient', grid, toLog10);
  const after = lineOf(run, 'log2Clipped', grid, toLog10);
  const isClipped = after.some((value, i) => value !== before[i]);
  const { clipNorm } = run.present.training;
  const series: LineSeries[] = [
    {
      id: 'norm_before_clipping',
      name: text('train.before'),
      values: before,
      colour: 'var(--backward)',
    },
  ];
  if (isClipped) {
    const name = text('train.after');
    series.push({
      id: 'norm_after_clipping',
      name,
      values: after,
      colour: 'var(--forward)',
      dash: '5 3',
    });
  }
  return (
    <PanelPart title={text('train.gradient')}>
      <LineChart
        id="training-gradient"
        label={text('train.gradient')}
        xs={grid.xs}
        xName={text('train.update')}
        xId="update"
        yName={text('train.gradientAxis')}
        series={series}
        yAxis="log10"
        references={
          clipNorm === null ? [] : [{ value: Math.log10(clipNorm), name: text('train.clipNorm') }]
        }
        markX={mark}
        format={formatPower}
        formatX={formatCount}
        onPick={onPick}
        height={HEIGHT}
      />
    </PanelPart>
  );
}

const LINES: Record<ParameterName, Pick<LineSeries, 'name' | 'colour' | 'dash'>> = {
  recurrentWeights: { name: 'W_h', colour: 'var(--backward)' },
  inputWeights: { name: 'W_x', colour: 'var(--forward)', dash: '6 3' },
  hiddenBias: { name: 'b', colour: 'var(--ghost-2)', dash: '2 2' },
  outputWeights: { name: 'W_y', colour: 'var(--success)', dash: '8 3 2 3' },
  outputBias: { name: 'c', colour: 'var(--ink-soft)', dash: '1 3' },
};

const QUANTITIES = ['ratio', 'weights', 'gradients'] as const;
type Quantity = (typeof QUANTITIES)[number];

function ParameterChart({ run, grid, mark, onPick }: ChartProps): ReactNode {
  const text = useText();
  const [quantity, setQuantity] = useState<Quantity>('ratio');
  const values = (name: ParameterName) => {
    const line = (column: 'log2Gradient' | 'log2Weight' | 'log2Update') =>
      lineOf(run, `${column}.${name}`, grid, toLog10);
    if (quantity === 'weights') return line('log2Weight');
    if (quantity === 'gradients') return line('log2Gradient');
    return difference(line('log2Update'), line('log2Weight'));
  };
  return (
    <PanelPart title={text('train.parameters')}>
      <Chips
        label={text('train.show')}
        value={quantity}
        onChoose={setQuantity}
        chips={QUANTITIES.map((value) => ({ value, label: text(`train.${value}`) }))}
      />
      <LineChart
        id={`training-${quantity}`}
        label={`${text('train.parameters')}: ${text(`train.${quantity}`)}`}
        xs={grid.xs}
        xName={text('train.update')}
        xId="update"
        yName={text(`train.${quantity}`)}
        series={PARAMETER_NAMES.map((name) => ({ ...LINES[name], values: values(name) }))}
        yAxis="log10"
        markX={mark}
        format={formatPower}
        formatX={formatCount}
        onPick={onPick}
        height={HEIGHT}
      />
      {quantity === 'ratio' && <p className={styles.note}>{text('train.ratioAbout')}</p>}
    </PanelPart>
  );
}
